package dev.echoserver.socketio;

/** The seven packet types of Socket.IO; they stand in the order of their digits. */
enum PacketType {
    CONNECT('0'),
    DISCONNECT('1'),
    EVENT('2'),
    ACK('3'),
    /** Called ERROR before revision 5. */
    CONNECT_ERROR('4'),
    BINARY_EVENT('5'),
    BINARY_ACK('6');

    private static final PacketType[] BY_DIGIT = values();

    private final char digit;

    PacketType(char digit) {
        this.digit = digit;
    }

    /** The type at the head of a packet. */
    char digit() {
        return digit;
    }

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
