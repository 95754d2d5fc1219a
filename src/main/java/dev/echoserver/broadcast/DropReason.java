package dev.echoserver.broadcast;

import dev.echoserver.json.DecodeFailure;

/** Why something published did not become a broadcast. */
public enum DropReason {
    /** No byte: what PHP makes of an event that it cannot encode. */
    EMPTY(
            "empty, because Laravel could not write the event as JSON: a text in it is not UTF-8, or a number is NAN or INF",
            "look at the event that Laravel broadcasts on this channel, at broadcastWith() or its public properties: make"
                    + " texts UTF-8, such as by mb_convert_encoding($text, 'UTF-8', 'ISO-8859-1'), and leave out NAN and INF"),
    /** Not a JSON object: normal on a Redis that is shared with other programs, so it is not warned about. */
    NOT_JSON("not a JSON object"),
    /** Bytes that are not UTF-8. */
    INVALID_UTF8("not UTF-8"),
    /** Nested too deeply. */
    TOO_DEEP("JSON that is nested too deeply"),
    /** No {@code event}, or one that is no string. */
    NO_EVENT("\"event\" is missing, empty or no text"),
    /** An {@code event} that Socket.IO clients keep for themselves. */
    RESERVED_EVENT("\"event\" is a name that Socket.IO keeps for itself, such as connect"),
    /** A channel name that is too long, empty, not UTF-8 or has control characters. */
    INVALID_CHANNEL("a channel name that is empty, too long, not UTF-8 or has control characters"),
    /** More bytes than a broadcast may have. */
    TOO_LARGE("larger than limits.maxBroadcastBytes"),
    /** On a channel between nodes, but in no form that a node writes. */
    NO_NODE_MESSAGE("not written by another echo-server"),
    /** There was no memory for it. */
    NO_MEMORY("no memory is left"),
    /** A bug of this server. */
    BUG("a bug of this server");

    private final String text;
    private final String cure;

    DropReason(String text) {
        this(text, "");
    }

    DropReason(String text, String cure) {
        this.text = text;
        this.cure = cure;
    }

    /** What is wrong, for people. */
    public String text() {
        return text;
    }

    /** What to do about it, for people; empty where the text says all. */
    public String cure() {
        return cure;
    }

    /** Why there is no broadcast in what could not be decoded. */
    public static DropReason of(DecodeFailure failure) {
        return switch (failure.reason()) {
            case NOT_JSON -> NOT_JSON;
            case INVALID_UTF8 -> INVALID_UTF8;
            case TOO_DEEP -> TOO_DEEP;
            case NO_EVENT -> NO_EVENT;
            case RESERVED_EVENT -> RESERVED_EVENT;
        };
    }
}
