package dev.echoserver.socketio;

/**
 * An application that serves one namespace.
 *
 * <p>It cannot refuse a client: what socket.io's middleware of namespaces is for, an error in the answer to CONNECT, Laravel
 * is asked here for each channel. The handshake of a page that may not come at all is refused by {@code socketio.origins}.
 */
@FunctionalInterface
public interface SocketAcceptor {

    /**
     * A client connected to the namespace; the answer to its CONNECT is already on its way. On the socket's event loop.
     *
     * @return hears everything that happens to {@code socket} from now on
     */
    SocketListener accept(Socket socket);
}
