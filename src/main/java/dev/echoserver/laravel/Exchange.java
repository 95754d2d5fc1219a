package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and the outcome that follows from its answer.
 *
 * @param withoutCookies whether Laravel is not shown the cookies
 */
record Exchange(Channel channel, Call call, boolean withoutCookies) {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final int OK = 200;
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    /** Sends the request and waits for its outcome. */
    Outcome run() {
        log.debug("Sending auth request to: {} channel={}", place(call.request().url()), channel.name());
        try (Response response = call.execute()) {
            return response.code() == OK ? granted(response) : refused(response);
        } catch (IOException failure) {
            return noAnswer(failure);
        } catch (NumberFormatException outOfRange) { // OkHttp takes any digits in Retry-After for an int.
            return noAnswer(new ProtocolException("header out of range: " + outOfRange.getMessage()));
        }
    }

    private Outcome granted(Response response) throws IOException {
        BufferedSource body = response.body().source();
        return body.request(MAX_ANSWER_BYTES + 1)
                ? new Outcome.Refused(Trouble.ANSWER_TOO_LARGE, 0)
                : Answer.of(channel, body.readUtf8());
    }

    private Outcome refused(Response response) {
        Trouble trouble = Trouble.of(response.code());
        if (withoutCookies && trouble.isCuredByCookies()) {
            return new Outcome.Refused(Trouble.FOREIGN_PAGE, response.code());
        }
        return new Outcome.Refused(trouble, response.code(), trouble == Trouble.REDIRECT ? location(response) : "");
    }

    /** Where a redirect leads, without what could be secret. */
    private static String location(Response response) {
        return Optional.ofNullable(response.header("Location"))
                .flatMap(to -> Optional.ofNullable(response.request().url().resolve(to)))
                .map(target -> "to " + place(target))
                .orElse("");
    }

    /** {@code url} without what could be secret. */
    private static String place(HttpUrl url) {
        return site(url) + url.encodedPath();
    }

    /** {@code scheme://host:port} of {@code url}. */
    static String site(HttpUrl url) {
        boolean isDefaultPort = url.port() == HttpUrl.defaultPort(url.scheme());
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.scheme() + "://" + host + (isDefaultPort ? "" : ":" + url.port());
    }

    private static Outcome noAnswer(IOException failure) {
        return new Outcome.Refused(Trouble.of(failure), 0, firstLine(failure));
    }

    /** What an exception says, on one line. */
    static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
