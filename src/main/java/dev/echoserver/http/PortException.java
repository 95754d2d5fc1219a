package dev.echoserver.http;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** A port cannot be listened on: it is taken, not allowed, or the address is not this machine's. The message names the cure. */
public final class PortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortException(Port.Place place, Throwable cause) {
        super(text(place, cause), cause);
    }

    private static String text(Port.Place place, Throwable cause) {
        InetSocketAddress address = place.address();
        String host = "\"" + place.hostKey() + "\"";
        String port = "\"" + place.portKey() + "\"";
        String forAll = ", or to " + place.allHosts() + " for all of them.";
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return "\"" + address.getHostString() + "\" is no known host name.\n" + "Set " + host
                    + " to an address of this machine" + forAll;
        }
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("Address already in use")) {
            return "Port " + address.getPort()
                    + " is already in use.\nStop the other program (laravel-echo-server?), or set another " + port
                    + ".";
        }
        if (reason.contains("Permission denied")) {
            return "Port " + address.getPort() + " is not allowed for this user.\nSet a " + port + " of 1024 or more.";
        }
        if (reason.contains("Cannot assign requested address")) {
            return "\"" + address.getHostString() + "\" is not an address of this machine.\n" + "Set " + host
                    + " to one of its addresses" + forAll;
        }
        return "Cannot listen on " + address + ": " + reason + "\nCheck " + host + " and " + port + ".";
    }
}
