package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import dev.echoserver.config.AuthAnswers;
import dev.echoserver.config.ServerConfig;
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
 * @param withheld why Laravel is not shown the cookies, if there are any and the page gave nothing instead
 */
record Exchange(Channel channel, Call call, Rules rules, Optional<String> withheld) {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final int OK = 200;
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    /**
     * How answers are read.
     *
     * @param granting which open a private channel
     * @param keyPrefix Laravel's prefix in Redis; may be empty
     */
    record Rules(AuthAnswers granting, String keyPrefix) {
        static Rules of(ServerConfig config) {
            return new Rules(config.authAnswers(), config.redis().keyPrefix());
        }
    }

    /** Sends the request and waits for its outcome. */
    Outcome run() {
        log.debug(
                "Sending auth request to: {} channel={}",
                ErrorAnswer.place(call.request().url()),
                channel.name());
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
        if (body.request(MAX_ANSWER_BYTES + 1)) {
            return new Outcome.Refused(Trouble.ANSWER_TOO_LARGE, 0);
        }
        Outcome outcome = Answer.of(channel, body.readUtf8(), rules.granting());
        if (outcome instanceof Outcome.Granted granted) {
            return remarked(granted);
        }
        return blamed((Outcome.Refused) outcome);
    }

    private Outcome refused(Response response) {
        return blamed(new ErrorAnswer(response, channel, rules.keyPrefix()).refusal());
    }

    /** The same, unless it is so for want of cookies. */
    private Outcome blamed(Outcome.Refused refused) {
        return withheld.isPresent() && refused.trouble().isCuredByCookies()
                ? new Outcome.Refused(Trouble.FOREIGN_PAGE, refused.status(), withheld.get())
                : refused;
    }

    private Outcome remarked(Outcome.Granted granted) {
        return withheld.isPresent() && granted.complaint().isEmpty()
                ? granted.butFor(Trouble.FOREIGN_PAGE, withheld.get())
                : granted;
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
