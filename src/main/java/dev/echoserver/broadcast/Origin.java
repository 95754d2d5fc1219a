package dev.echoserver.broadcast;

/** Where a broadcast came from. */
public enum Origin {
    /** Laravel published it on Redis. */
    REDIS,
    /** It came by the HTTP API of this server. */
    API,
    /** A browser of this server sent it to the others on its channel. */
    WHISPER,
    /** Another server passed it on: a whisper, or what came by its HTTP API. */
    NODE
}
