/** One event for one channel, and the port through which broadcasts come in. */
@NullMarked
package dev.echoserver.broadcast;

import org.jspecify.annotations.NullMarked;
