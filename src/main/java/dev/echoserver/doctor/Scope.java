package dev.echoserver.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What to look at.
 *
 * @param server the process of the server that runs with this configuration
 * @param url where browsers connect, if the way through the proxy is to be tried
 * @param quiet for how long to try a quiet WebSocket through {@code url}; zero for not at all
 * @param listening for how long to listen to Redis
 */
public record Scope(Optional<Long> server, Optional<URI> url, Duration quiet, Duration listening) {}
