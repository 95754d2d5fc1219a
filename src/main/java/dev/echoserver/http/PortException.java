package dev.echoserver.http;

import java.net.InetSocketAddress;

/** A port cannot be listened on: it is taken, not allowed, or the address is not this machine's. */
public final class PortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortException(InetSocketAddress address, Throwable cause) {
        super("port: " + address.getPort() + " (" + cause.getMessage() + ")", cause);
    }
}
