/** Who is on which channel, per event loop, and the fan-out to them. */
@NullMarked
package dev.echoserver.hub;

import org.jspecify.annotations.NullMarked;
