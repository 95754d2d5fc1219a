/** Members of presence channels, first in and last out, and the port behind which they are remembered. */
@NullMarked
package dev.echoserver.presence;

import org.jspecify.annotations.NullMarked;
