package dev.echoserver.http;

import io.netty.handler.codec.http.HttpRequest;

/** What a request line says about the place it asks for. */
final class Paths {

    private Paths() {}

    /** The path as it was sent, still percent-encoded, without the query. */
    static String of(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** {@code /socket.io/} and {@code /socket.io} are the same place. */
    static String withoutEndSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
