package dev.echoserver.socketio;

import java.util.function.Consumer;

/** What an application hears of one socket; always called on the socket's event loop. */
public interface SocketListener {

    /**
     * The client emitted an event.
     *
     * @param acknowledge sends the client's acknowledgement; without effect if it wants none
     */
    void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge);

    /** The socket is gone. Called exactly once, nothing follows. */
    void onDisconnect(DisconnectReason reason);
}
