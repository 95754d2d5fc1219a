package dev.echoserver.hub;

/**
 * What a hub has done since its start.
 *
 * @param deliveries broadcasts that were sent to sockets, each as often as there were sockets
 * @param bytes of their frames, the overhead of Socket.IO included
 * @param lost how often an event loop had no room for a broadcast
 */
public record Traffic(long deliveries, long bytes, long lost) {
    /** Nothing yet. */
    static final Traffic NONE = new Traffic(0, 0, 0);

    Traffic plus(Traffic other) {
        return new Traffic(deliveries + other.deliveries, bytes + other.bytes, lost + other.lost);
    }
}
