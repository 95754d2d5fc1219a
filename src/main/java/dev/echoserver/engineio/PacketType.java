package dev.echoserver.engineio;

/** The seven packet types of Engine.IO; the ordinal is the digit on the wire. */
enum PacketType {
    OPEN,
    CLOSE,
    PING,
    PONG,
    MESSAGE,
    UPGRADE,
    NOOP;

    private static final PacketType[] BY_DIGIT = values();

    char digit() {
        return (char) ('0' + ordinal());
    }

    static boolean isDigit(char c) {
        return c >= '0' && c < '0' + BY_DIGIT.length;
    }

    /** The type written as {@code digit}, for which {@link #isDigit} holds. */
    static PacketType ofDigit(char digit) {
        return BY_DIGIT[digit - '0'];
    }
}
