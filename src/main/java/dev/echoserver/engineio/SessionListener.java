package dev.echoserver.engineio;

/** What the layer above hears of one session; always called on {@link Session#loop()}. */
public interface SessionListener {

    /** A text message arrived. */
    void onText(String message);

    /** A binary message arrived; the bytes are the listener's. */
    void onBinary(byte[] message);

    /** The session has ended. Called exactly once, nothing follows. */
    void onClose(CloseReason reason);
}
