/** Join and leave: what a socket may do with channels, and its limits. */
@NullMarked
package dev.echoserver.subscription;

import org.jspecify.annotations.NullMarked;
