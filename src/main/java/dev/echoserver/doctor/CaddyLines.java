package dev.echoserver.doctor;

/** Those of Caddy. */
record CaddyLines(Place place) implements ProxyLines {
    private static final String RELOAD = ", then: systemctl reload caddy";

    @Override
    public String name() {
        return "Caddy";
    }

    private String reverseProxy() {
        return "reverse_proxy 127.0.0.1:" + place.port() + "\n";
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "write into the site's block of the Caddyfile" + RELOAD,
                "handle " + place.path() + "/* {\n" + reverseProxy().indent(4) + "}\n");
    }

    @Override
    public String[] target() {
        return ProxyLines.cure("start the server, and let Caddy lead to its port:", reverseProxy());
    }

    /** It passes WebSockets on by itself. */
    @Override
    public String[] webSocket() {
        return ProxyLines.cure(
                "Caddy passes on WebSocket by itself, unless header_up or header_down takes the headers away. Have no more than"
                        + " this" + RELOAD,
                reverseProxy());
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure("Caddy, in the block of reverse_proxy:", "lb_policy ip_hash\n");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure(
                "in the block of reverse_proxy, take out stream_timeout, and have no shorter time limits than these"
                        + RELOAD,
                """
                transport http {
                    read_timeout 90s
                    write_timeout 90s
                }
                """);
    }
}
