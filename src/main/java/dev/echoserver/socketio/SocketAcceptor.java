package dev.echoserver.socketio;

/** An application that serves one namespace. */
@FunctionalInterface
public interface SocketAcceptor {

    /**
     * A client connected to the namespace; the answer to its CONNECT is already on its way. On the socket's event loop.
     *
     * @return hears everything that happens to {@code socket} from now on
     */
    SocketListener accept(Socket socket);
}
