package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Turns what happens to one request into an outcome.
 *
 * @param withoutCookies whether Laravel was not shown the cookies
 * @param done takes the outcome, once, on the thread of the request
 */
record Exchange(Channel channel, boolean withoutCookies, Consumer<Outcome> done) implements Callback {
    private static final Outcome BUG = new Outcome.Refused(Trouble.BROKEN, 0);
    private static final int OK = 200;
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    @Override
    public void onFailure(Call call, IOException failure) {
        done.accept(noAnswer(failure));
    }

    @Override
    public void onResponse(Call call, Response response) {
        Outcome end = BUG;
        try {
            end = outcome(response);
        } finally {
            done.accept(end); // Whatever happens, the place of this request is free again.
        }
    }

    private Outcome outcome(Response response) {
        try (response) {
            return response.code() == OK ? granted(response) : refused(response);
        } catch (IOException broken) {
            return noAnswer(broken);
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
                .map(target -> "to " + site(target) + target.encodedPath())
                .orElse("");
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

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
