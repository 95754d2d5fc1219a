package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * An HTTP response as it came.
 *
 * @param headers by their name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record HttpReply(int status, Map<String, String> headers, byte[] body) {
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** Status and body, for comparisons that read well: {@code 200 ok}. */
    public String summary() {
        return status + " " + text();
    }

    /** The header {@code name}, given in lower case; empty if it is not there. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
