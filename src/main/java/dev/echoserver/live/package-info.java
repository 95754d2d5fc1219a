/** What an operator sees live: the way of each event, and the server's figures. Costs nothing while nobody looks. */
@NullMarked
package dev.echoserver.live;

import org.jspecify.annotations.NullMarked;
