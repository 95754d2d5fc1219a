package dev.echoserver.doctor;

/** Those of lighttpd. */
record LighttpdLines(Place place) implements ProxyLines {
    private static final String RELOAD =
            ", then: lighttpd -tt -f /etc/lighttpd/lighttpd.conf && systemctl restart lighttpd";
    private static final String UPGRADE = "proxy.header = ( \"upgrade\" => \"enable\" )\n";
    private static final String PATIENCE = "server.max-read-idle = 90\n";

    @Override
    public String name() {
        return "lighttpd";
    }

    private String server() {
        return "proxy.server = ( \"\" => (( \"host\" => \"127.0.0.1\", \"port\" => " + place.port() + " )) )\n";
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "write into lighttpd.conf" + RELOAD,
                "server.modules += ( \"mod_proxy\" )\n" + PATIENCE + "$HTTP[\"url\"] =~ \"" + place.pattern() + "\" {\n"
                        + (server() + UPGRADE).indent(4) + "}\n");
    }

    @Override
    public String[] target() {
        return ProxyLines.cure("start the server, and let lighttpd lead to its port:", server());
    }

    @Override
    public String[] webSocket() {
        return ProxyLines.cure("write beside proxy.server" + RELOAD, UPGRADE);
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure("lighttpd, beside proxy.server:", "proxy.balance = \"sticky\"\n");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure("write into lighttpd.conf" + RELOAD, PATIENCE + "server.max-write-idle = 360\n");
    }
}
