/** What systemd is told of a service that it has started: whether it is ready, how it is, that it lives. */
@NullMarked
package dev.echoserver.systemd;

import org.jspecify.annotations.NullMarked;
