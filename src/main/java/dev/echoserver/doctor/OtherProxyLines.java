package dev.echoserver.doctor;

/**
 * Those of what is not known, or gives no name, as HAProxy and Traefik do.
 *
 * @param name as the subject of a sentence
 */
record OtherProxyLines(String name, Place place) implements ProxyLines {
    private static final String SAMPLES = "There are samples for nginx, HAProxy, Apache and Caddy beside README.md.";

    /** Of one that calls itself {@code server}, which may be empty. */
    static OtherProxyLines named(String server, Place place) {
        return new OtherProxyLines(
                server.isEmpty() ? "A proxy that gives no name (as HAProxy)" : "The proxy \"" + server + "\"", place);
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "let the proxy lead " + place.path() + "/ to http://127.0.0.1:" + place.port() + place.path() + "/. "
                        + SAMPLES,
                "");
    }

    @Override
    public String[] target() {
        return ProxyLines.cure(
                "start the server, and let the proxy lead to its port:", "http://127.0.0.1:" + place.port() + "\n");
    }

    @Override
    public String[] webSocket() {
        return ProxyLines.cure(
                "let the proxy, and a CDN before it, speak HTTP/1.1 to the server and pass on these two headers. "
                        + SAMPLES,
                """
                Upgrade: websocket
                Connection: Upgrade
                """);
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure("let the proxy choose the server by the browser's address (sticky sessions),", "");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure(
                "let the proxy, and a load balancer before it, keep a quiet connection for 90 s (idle timeout). HAProxy, in"
                        + " \"defaults\":",
                HaProxyLines.LIMITS);
    }
}
