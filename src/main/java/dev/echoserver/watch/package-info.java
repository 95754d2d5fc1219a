/** What a running server tells on its management port, made fit for a terminal. */
@NullMarked
package dev.echoserver.watch;

import org.jspecify.annotations.NullMarked;
