package dev.echoserver.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** What an {@link Endpoint} answers. */
public record Document(HttpResponseStatus status, String contentType, String body) {

    /** Plain text. */
    public static Document text(HttpResponseStatus status, String body) {
        return new Document(status, "text/plain; charset=utf-8", body);
    }

    /** JSON. */
    public static Document json(HttpResponseStatus status, String body) {
        return new Document(status, "application/json", body);
    }
}
