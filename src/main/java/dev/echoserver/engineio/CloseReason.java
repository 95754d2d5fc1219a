package dev.echoserver.engineio;

/** Why a session ended, in the words of the reference where it has them. */
public enum CloseReason {
    /** The client closed, or its connection broke. */
    TRANSPORT_CLOSE("transport close"),
    /** The client broke a rule of its transport: two polls at once, a heartbeat from the wrong side. */
    TRANSPORT_ERROR("transport error"),
    /** The client sent something that is not a packet. */
    PARSE_ERROR("parse error"),
    /** The client was not heard of in time. */
    PING_TIMEOUT("ping timeout"),
    /** The layer above closed it. */
    FORCED_CLOSE("forced close"),
    /** The client reads more slowly than it is written to. */
    SLOW_READER("slow reader"),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
