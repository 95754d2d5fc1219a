package dev.echoserver.http;

/**
 * How large a request's body may be.
 *
 * @param bytes more is answered with 413
 * @param reason a sentence for whoever sent more, such as one with the name of the setting
 */
public record BodyLimit(int bytes, String reason) {
    private static final long SEVERAL = 4;

    /**
     * Of a body with several messages, each of which may have {@code bytes}. The older clients put all that they have to
     * say into one body, such as a thousand joins with a long token in each; refused, they would come back and say it again.
     */
    public BodyLimit ofSeveralMessages() {
        return new BodyLimit((int) Math.min(SEVERAL * bytes, Integer.MAX_VALUE), reason);
    }
}
