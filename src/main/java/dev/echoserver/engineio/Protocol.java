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

    /**
     * The revision that a client speaks which has this in the query parameter {@code EIO}: all but {@code 4} stands for 3,
     * nothing too. Old clients of phones and those written by hand send none.
     *
     * <p>Source: engine.io 6.6.13, {@code server#computeProtocolRevision}; engine.io 3.6 does not read it.
     */
    static Protocol ofQuery(Optional<String> eio) {
        return eio.filter("4"::equals).isPresent() ? V4 : V3;
    }
}
