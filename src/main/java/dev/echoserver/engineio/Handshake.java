package dev.echoserver.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The request that opened a session. It lives as long as the session, so it keeps its headers as one text: a tenth of
 * the memory that they take as objects.
 */
public final class Handshake {
    private final Protocol protocol;
    private final String uri;
    private final String lines;
    private final SocketAddress remoteAddress;
    private final Places.Place place;

    private Handshake(Protocol protocol, HttpRequest request, SocketAddress remoteAddress, Places.Place place) {
        this.protocol = protocol;
        this.uri = request.uri();
        this.lines = lines(request.headers());
        this.remoteAddress = remoteAddress;
        this.place = place;
    }

    /** By {@code request}, which came from {@code remoteAddress}, for a session that takes {@code place}. */
    static Handshake of(Protocol protocol, HttpRequest request, SocketAddress remoteAddress, Places.Place place) {
        return new Handshake(protocol, request, remoteAddress, place);
    }

    /** Each header as {@code \nname:value}; a value has no line feed in it. */
    private static String lines(HttpHeaders headers) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.startsWith("sec-") && !name.startsWith("accept")) { // Of no interest once it was answered.
                lines.append('\n').append(name).append(':').append(header.getValue());
            }
        }
        return lines.toString();
    }

    /** The revision of Engine.IO that the client speaks. */
    public Protocol protocol() {
        return protocol;
    }

    /** The peer of the connection; a proxy's where there is one. */
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** What the session gives back when it ends. */
    Places.Place place() {
        return place;
    }

    /** The first value of the query parameter {@code name}. */
    public Optional<String> parameter(String name) {
        return Query.of(uri).flatMap(query -> query.first(name));
    }

    /** Whether the client cannot read binary messages and wants them in base64. */
    public boolean wantsBase64() {
        return parameter("b64").isPresent();
    }

    /** The first header called {@code name}, in any case. Those that say how to answer are not kept: {@code Accept…}. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All headers called {@code name}, in their order. */
    List<String> headers(String name) {
        String wanted = '\n' + name.toLowerCase(Locale.ROOT) + ':';
        List<String> values = new ArrayList<>();
        for (int at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
            int begin = at + wanted.length();
            int end = lines.indexOf('\n', begin);
            values.add(lines.substring(begin, end < 0 ? lines.length() : end));
        }
        return values;
    }
}
