/** The HTTP API below {@code /apps}: publishing, and asking for channels and users. Knows nothing of connections. */
@NullMarked
package dev.echoserver.api;

import org.jspecify.annotations.NullMarked;
