package dev.echoserver.socketio;

import dev.echoserver.engineio.CloseReason;

/**
 * Why a socket is gone.
 *
 * @param text in the words of the reference, such as {@code client namespace disconnect} or {@code transport close}
 */
public record DisconnectReason(String text) {
    /** The client left the namespace and may keep the connection. */
    public static final DisconnectReason CLIENT = new DisconnectReason("client namespace disconnect");

    /** The server sent the client away. */
    public static final DisconnectReason SERVER = new DisconnectReason("server namespace disconnect");

    static DisconnectReason of(CloseReason reason) {
        return new DisconnectReason(reason.toString());
    }
}
