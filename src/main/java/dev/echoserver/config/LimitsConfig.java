package dev.echoserver.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds that protect the server. laravel-echo-server has none of them.
 *
 * @param maxConnections how many browsers may be connected; empty for as many as the operating system allows
 * @param maxConnectionsPerAddress how many of them from one address; empty for any number
 * @param maxBroadcastBytes largest broadcast taken from Redis or HTTP
 * @param maxJsonDepth deepest nesting of a message from a client
 * @param maxOutboundQueueBytes what may wait for one connection
 * @param maxOutboundBytes what may wait for all connections together; empty for a quarter of Java's memory for buffers
 * @param maxInboundBytes what all clients together may have sent of messages that are not complete; empty as above
 * @param outboundStall how long a connection may make no progress while something waits for it
 * @param channelsPerSocket how many channels one socket may be on
 * @param channelNameBytes longest channel name, in UTF-8
 * @param eventsPerSecond how many client events (whispers) per second one socket may send for long
 * @param eventsBurst how many it may send at once
 * @param eventBytesPerSecond how many bytes of them, for long; at once twice as many
 * @param authTimeout how long Laravel may take to authorize a join
 * @param authConcurrency how many joins Laravel is asked about at the same time
 * @param authQueue how many more may wait; beyond that they are refused with status 503
 * @param apiRequestsPerSecond how many requests to the HTTP API one app may make; empty for any number
 * @param apiReadsPerSecond how many of them may ask for channels, users or status
 * @param apiWrongKeysPerSecond how many wrong keys of one address are looked at
 */
public record LimitsConfig(
        Optional<Integer> maxConnections,
        Optional<Integer> maxConnectionsPerAddress,
        int maxBroadcastBytes,
        int maxJsonDepth,
        int maxOutboundQueueBytes,
        Optional<Integer> maxOutboundBytes,
        Optional<Integer> maxInboundBytes,
        Duration outboundStall,
        int channelsPerSocket,
        int channelNameBytes,
        int eventsPerSecond,
        int eventsBurst,
        int eventBytesPerSecond,
        Duration authTimeout,
        int authConcurrency,
        int authQueue,
        Optional<Integer> apiRequestsPerSecond,
        int apiReadsPerSecond,
        int apiWrongKeysPerSecond) {}
