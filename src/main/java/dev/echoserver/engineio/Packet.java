package dev.echoserver.engineio;

import java.util.Arrays;
import java.util.Base64;
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

    /**
     * Reads {@code <digit><data>}, or a binary message in text: {@code b4<base64>} in protocol 3, {@code b<base64>} in 4.
     * Empty if it is malformed.
     */
    static Optional<Packet> ofText(Protocol protocol, String encoded) {
        if (encoded.startsWith(protocol.base64Prefix())) {
            return ofBase64(encoded.substring(protocol.base64Prefix().length()));
        }
        return encoded.isEmpty() || !PacketType.isDigit(encoded.charAt(0))
                ? Optional.empty()
                : Optional.of(new Text(PacketType.ofDigit(encoded.charAt(0)), encoded.substring(1)));
    }

    private static Optional<Packet> ofBase64(String base64) {
        try {
            return Optional.of(new Binary(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Reads the content of a binary frame: typed in protocol 3, nothing but data in 4. Empty if it is malformed. */
    static Optional<Packet> ofBinary(Protocol protocol, byte[] encoded) {
        if (protocol == Protocol.V4) {
            return Optional.of(new Binary(encoded));
        }
        return encoded.length > 0 && encoded[0] == PacketType.MESSAGE.number()
                ? Optional.of(new Binary(Arrays.copyOfRange(encoded, 1, encoded.length)))
                : Optional.empty();
    }
}
