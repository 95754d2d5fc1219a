/** Everything that talks to Redis. */
@NullMarked
package dev.echoserver.redis;

import org.jspecify.annotations.NullMarked;
