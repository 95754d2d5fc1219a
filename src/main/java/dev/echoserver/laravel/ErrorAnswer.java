package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * What an answer with a status other than 200 means: by the status, and where Laravel says more by the body, which is never
 * logged.
 *
 * <p>Source: Laravel 5.3 to 13, {@code RedisBroadcaster#auth} (the prefix), {@code BroadcastManager#resolve} (the
 * connection), {@code PreventRequestsDuringMaintenance}, {@code ThrottleRequests}.
 *
 * @param keyPrefix Laravel's prefix in Redis; may be empty
 */
record ErrorAnswer(Response response, Channel channel, String keyPrefix) {
    private static final long MAX_BODY_BYTES = 64 << 10;
    private static final Pattern NO_CONNECTION =
            Pattern.compile("Broadcast connection \\[[^\\]]{1,100}] is not defined");
    private static final Pattern MAINTENANCE = Pattern.compile("\"message\"\\s*:\\s*\"Service Unavailable\"|"
            + "<title>\\s*Service Unavailable\\s*</title>|MaintenanceMode");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    Outcome.Refused refusal() {
        Trouble trouble = trouble();
        return new Outcome.Refused(trouble, response.code(), detail(trouble));
    }

    /** The cause. */
    Trouble trouble() {
        return switch (response.code()) {
            case 403 -> isPrefixInName() ? Trouble.PREFIX_IN_NAME : Trouble.FORBIDDEN;
            case 500 -> says(NO_CONNECTION) ? Trouble.NO_CONNECTION : Trouble.SERVER_ERROR;
            case 503 -> says(MAINTENANCE) ? Trouble.MAINTENANCE : Trouble.UNAVAILABLE;
            default -> Trouble.of(response.code());
        };
    }

    private boolean isPrefixInName() {
        return !keyPrefix.isEmpty() && channel.name().contains(keyPrefix);
    }

    private boolean says(Pattern text) {
        try {
            return text.matcher(response.peekBody(MAX_BODY_BYTES).string()).find();
        } catch (IOException cut) { // The status has come, and is enough.
            return false;
        }
    }

    private String detail(Trouble trouble) {
        return switch (trouble) {
            case REDIRECT -> location();
            case PREFIX_IN_NAME -> "the prefix is " + keyPrefix;
            case THROTTLED, MAINTENANCE -> retryAfter();
            default -> "";
        };
    }

    private String retryAfter() {
        return Optional.ofNullable(response.header("Retry-After"))
                .filter(value -> SECONDS.matcher(value).matches())
                .map(seconds -> "again in " + seconds + " s")
                .orElse("");
    }

    /** Where a redirect leads, without what could be secret. */
    private String location() {
        return Optional.ofNullable(response.header("Location"))
                .flatMap(to -> Optional.ofNullable(response.request().url().resolve(to)))
                .map(target -> "to " + place(target))
                .orElse("");
    }

    /** {@code url} without what could be secret. */
    static String place(HttpUrl url) {
        return Exchange.site(url) + url.encodedPath();
    }
}
