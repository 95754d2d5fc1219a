package dev.echoserver.socketio;

/** The seven packet types of Socket.IO; the ordinal is the digit on the wire. */
enum PacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    /** Called ERROR before revision 5. */
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    private static final PacketType[] BY_DIGIT = values();

    boolean isBinary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c < '0' + BY_DIGIT.length;
    }

    /** The type written as {@code digit}, for which {@link #isDigit} holds. */
    static PacketType ofDigit(char digit) {
        return BY_DIGIT[digit - '0'];
    }
}
