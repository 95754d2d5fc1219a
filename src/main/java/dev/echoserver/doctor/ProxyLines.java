package dev.echoserver.doctor;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What one kind of proxy needs in front of the server, as it is written there. Each answer is a cure: where to write, then
 * the lines. Sources: {@code nginx/echo-server.conf} and the samples in {@code proxies/}.
 */
interface ProxyLines {

    /** As the subject of a sentence. */
    String name();

    /** All that leads to the server. */
    String[] way();

    /** What leads to the right port, where there is something already. */
    String[] target();

    /** What a WebSocket needs. */
    String[] webSocket();

    /** What takes all requests of one browser to the same server. */
    String[] sameServer();

    /** What gives a quiet connection more time than there is between two pings. */
    String[] patience();

    /**
     * Where the server is.
     *
     * @param path {@code socketio.path}
     */
    record Place(String path, int port) {
        /** For Varnish and lighttpd. */
        String pattern() {
            return "^" + path.replace(".", "\\.") + "/";
        }
    }

    /** Those of the proxy that has given {@code reply}; of those that give no name if it cannot be told. */
    static ProxyLines of(Visitor.Reply reply, Place place) {
        String via = reply.header("Via").toLowerCase(Locale.ROOT);
        String server = reply.header("Server").toLowerCase(Locale.ROOT);
        if (via.contains("varnish") || !reply.header("X-Varnish").isEmpty()) {
            return new VarnishLines(place);
        }
        if (Stream.of("nginx", "openresty", "tengine").anyMatch(server::startsWith)) {
            return new NginxLines(place);
        }
        if (server.startsWith("apache") || via.contains("apache")) {
            return new ApacheLines(place);
        }
        if (server.startsWith("caddy") || via.contains("caddy")) {
            return new CaddyLines(place);
        }
        if (server.startsWith("lighttpd")) {
            return new LighttpdLines(place);
        }
        return HaProxyLines.PAGE.matcher(reply.body()).find()
                ? new HaProxyLines(place)
                : OtherProxyLines.named(reply.header("Server"), place);
    }

    /** What to do, and {@code block} line by line. */
    static String[] cure(String what, String block) {
        return Stream.concat(Stream.of(what), block.lines().map(line -> line.isEmpty() ? line : "    " + line))
                .toArray(String[]::new);
    }
}
