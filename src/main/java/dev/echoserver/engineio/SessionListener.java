package dev.echoserver.engineio;

/** What the layer above hears of one session; always called on {@link Session#loop()}. */
public interface SessionListener {
    /** Hears nothing. */
    SessionListener NONE = new SessionListener() {
        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(byte[] message) {}

        @Override
        public void onClose(CloseReason reason) {}
    };

    /** A text message arrived. */
    void onText(String message);

    /** A binary message arrived; the bytes are the listener's. */
    void onBinary(byte[] message);

    /** The session has ended. Called exactly once, nothing follows. */
    void onClose(CloseReason reason);
}
