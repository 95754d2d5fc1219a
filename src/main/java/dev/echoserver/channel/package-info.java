/** What a channel is and what a socket id is. */
@NullMarked
package dev.echoserver.channel;

import org.jspecify.annotations.NullMarked;
