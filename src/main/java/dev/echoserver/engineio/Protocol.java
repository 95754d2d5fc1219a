package dev.echoserver.engineio;

import java.util.Optional;

/**
 * The revisions of Engine.IO spoken on the same port.
 *
 * <p>They differ in who pings (3: the client, 4: the server), in how a polling payload joins its packets, and in whether
 * a binary WebSocket frame starts with the packet type (3) or not (4).
 */
public enum Protocol {
    /** socket.io-client 1 and 2. */
    V3("b4"),
    /** socket.io-client 3 and 4. */
    V4("b");

    private final String base64Prefix;

    Protocol(String base64Prefix) {
        this.base64Prefix = base64Prefix;
    }

    /** The revision as clients name it, {@code 3} or {@code 4}. */
    public String revision() {
        return name().substring(1);
    }

    /** What a binary message begins with where it travels as text. */
    String base64Prefix() {
        return base64Prefix;
    }

    /** The revision a client asks for in the query parameter {@code EIO}. */
    static Optional<Protocol> ofQuery(String eio) {
        return switch (eio) {
            case "3" -> Optional.of(V3);
            case "4" -> Optional.of(V4);
            default -> Optional.empty();
        };
    }
}
