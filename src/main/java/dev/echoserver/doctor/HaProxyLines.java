package dev.echoserver.doctor;

import java.util.regex.Pattern;

/** Those of HAProxy. It names itself nowhere but on its error pages, by their form. */
record HaProxyLines(Place place) implements ProxyLines {
    /** How its own error pages begin. Source: HAProxy 2.6, {@code http_err_msgs}. */
    static final Pattern PAGE = Pattern.compile("^<html><body><h1>\\d{3} [A-Za-z -]+</h1>\\s");

    /** Its time limits. */
    static final String LIMITS = """
            timeout client 90s
            timeout server 90s
            timeout tunnel 1h
            """;

    private static final String RELOAD = ", then: haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy";

    @Override
    public String name() {
        return "HAProxy";
    }

    private String server() {
        return "server node1 127.0.0.1:" + place.port() + " check\n";
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "write into haproxy.cfg, the first three lines into the frontend" + RELOAD,
                "http-request set-header X-Forwarded-For %[src]\n"
                        + "http-request set-header X-Forwarded-Proto https if { ssl_fc }\n"
                        + "use_backend echo_server if { path_beg " + place.path() + "/ }\n"
                        + "backend echo_server\n"
                        + ("balance source\nhash-type consistent\n" + LIMITS.replaceFirst(".*\n", "") + server())
                                .indent(4));
    }

    @Override
    public String[] target() {
        return ProxyLines.cure("start the server, and let HAProxy lead to its port:", server());
    }

    /** It passes WebSockets on by itself. */
    @Override
    public String[] webSocket() {
        return ProxyLines.cure(
                "HAProxy passes on WebSocket by itself, if \"mode http\" is set and no rule forbids it:", "mode http");
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure("HAProxy, in the backend:", "balance source\nhash-type consistent\n");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure("write into \"defaults\", and leave no shorter ones elsewhere" + RELOAD, LIMITS);
    }
}
