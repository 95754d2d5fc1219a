package dev.echoserver.engineio;

/** The seven packet types of Engine.IO; they stand in the order of their numbers. */
enum PacketType {
    OPEN('0'),
    CLOSE('1'),
    PING('2'),
    PONG('3'),
    MESSAGE('4'),
    UPGRADE('5'),
    NOOP('6');

    private static final PacketType[] BY_DIGIT = values();

    private final char digit;

    PacketType(char digit) {
        this.digit = digit;
    }

    /** The type at the head of a binary packet. */
    int number() {
        return digit - '0';
    }

    /** The type at the head of a text packet. */
    char digit() {
        return digit;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c < '0' + BY_DIGIT.length;
    }

    /** The type written as {@code digit}, for which {@link #isDigit} holds. */
    static PacketType ofDigit(char digit) {
        return BY_DIGIT[digit - '0'];
    }
}
