package dev.echoserver.broadcast;

/** Why something published did not become a broadcast. */
public enum DropReason {
    /** Not a JSON object: normal on a Redis that is shared with other programs, so it is not warned about. */
    NOT_JSON,
    /** Bytes that are not UTF-8. */
    INVALID_UTF8,
    /** Nested too deeply. */
    TOO_DEEP,
    /** No {@code event}, or one that is no string. */
    NO_EVENT,
    /** An {@code event} that Socket.IO clients keep for themselves. */
    RESERVED_EVENT,
    /** A channel name that is too long, empty, not UTF-8 or has control characters. */
    INVALID_CHANNEL,
    /** More bytes than a broadcast may have. */
    TOO_LARGE,
    /** On a channel between nodes, but in no form that a node writes. */
    NO_NODE_MESSAGE
}
