/** The question whether a socket may join a guarded channel, its answer, and which host is asked. */
@NullMarked
package dev.echoserver.auth;

import org.jspecify.annotations.NullMarked;
