package dev.echoserver.engineio;

/**
 * What the OPEN packet tells the client:
 * {@code {"sid":string,"upgrades":[string],"pingInterval":ms,"pingTimeout":ms,"maxPayload":bytes}}, the last in protocol 4
 * only.
 */
final class OpenData {
    private OpenData() {}

    static String json(Session session, EngineIoSettings settings) {
        boolean upgrades = session.transport() == TransportName.POLLING
                && settings.upgrades()
                && settings.transports().contains(TransportName.WEBSOCKET);
        String maxPayload =
                session.handshake().protocol() == Protocol.V4 ? ",\"maxPayload\":" + settings.maxPayloadBytes() : "";
        return "{\"sid\":\"" + session.id() + "\",\"upgrades\":[" + (upgrades ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + settings.pings().interval().toMillis()
                + ",\"pingTimeout\":" + settings.pings().timeout().toMillis() + maxPayload + "}";
    }
}
