package dev.echoserver.engineio;

import java.util.Optional;

/** One packet as a client sent it. */
sealed interface Packet {

    PacketType type();

    /** A packet whose data is text, possibly empty. */
    record Text(PacketType type, String data) implements Packet {}

    /** A message whose data is bytes; no other packet may be binary. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Binary(byte[] data) implements Packet {
        @Override
        public PacketType type() {
            return PacketType.MESSAGE;
        }
    }

    /** Reads {@code <digit><data>}; empty if it is malformed. */
    static Optional<Packet> ofText(String encoded) {
        return encoded.isEmpty() || !PacketType.isDigit(encoded.charAt(0))
                ? Optional.empty()
                : Optional.of(new Text(PacketType.ofDigit(encoded.charAt(0)), encoded.substring(1)));
    }
}
