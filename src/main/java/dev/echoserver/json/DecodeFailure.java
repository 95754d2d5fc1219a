package dev.echoserver.json;

/** A payload that is no envelope. */
public record DecodeFailure(Reason reason) implements Scanned {

    /** Why a payload is no envelope. */
    public enum Reason {
        /** Not one JSON object and nothing else: normal on a Redis that is shared with other programs. */
        NOT_JSON,
        /** A text frame with such bytes would make browsers close the connection. */
        INVALID_UTF8,
        /** Nested deeper than {@value EnvelopeScanner#MAX_DEPTH} levels. */
        TOO_DEEP,
        /** The {@code event} is absent, empty or no string: such a packet makes clients throw. */
        NO_EVENT,
        /** The {@code event} is a name that Socket.IO clients keep for themselves and close the connection over. */
        RESERVED_EVENT
    }
}
