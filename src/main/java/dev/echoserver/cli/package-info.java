/** The commands of {@code echo-server}. */
@NullMarked
package dev.echoserver.cli;

import org.jspecify.annotations.NullMarked;
