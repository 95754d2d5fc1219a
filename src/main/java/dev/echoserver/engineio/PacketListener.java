package dev.echoserver.engineio;

/** What a transport reports, on the session's event loop. */
interface PacketListener {
    /** Hears nothing. */
    PacketListener NONE = new PacketListener() {
        @Override
        public void onPacket(Packet packet) {}

        @Override
        public void onTransportEnd(CloseReason reason) {}
    };

    /** A well-formed packet arrived. */
    void onPacket(Packet packet);

    /** The transport ended or must end, for {@code reason}. */
    void onTransportEnd(CloseReason reason);
}
