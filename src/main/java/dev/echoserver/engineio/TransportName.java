package dev.echoserver.engineio;

import java.util.Optional;

/** The transports, by their name in the query parameter {@code transport}. */
public enum TransportName {
    POLLING("polling"),
    WEBSOCKET("websocket");

    private final String wire;

    TransportName(String wire) {
        this.wire = wire;
    }

    /** The name as it travels. */
    public String wire() {
        return wire;
    }

    /** The transport called {@code wire}, if there is one. */
    public static Optional<TransportName> ofWire(String wire) {
        return switch (wire) {
            case "polling" -> Optional.of(POLLING);
            case "websocket" -> Optional.of(WEBSOCKET);
            default -> Optional.empty();
        };
    }
}
