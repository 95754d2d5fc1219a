package dev.echoserver.config;

/**
 * Where a TCP port is.
 *
 * @param host name or address, an IPv6 address without brackets
 */
public record HostPort(String host, int port) {

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
