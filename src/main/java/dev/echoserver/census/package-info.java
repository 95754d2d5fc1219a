/** How many sockets there are, and how many are on which channel, on all nodes. */
@NullMarked
package dev.echoserver.census;

import org.jspecify.annotations.NullMarked;
