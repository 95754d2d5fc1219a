package dev.echoserver.laravel;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.HttpUrl;

/** A question on its way. Any thread. */
final class Pending {
    private final AuthQuestion question;
    private final Optional<HttpUrl> url;
    private final long since;
    private final CompletableFuture<Authorization> answer = new CompletableFuture<>();
    private volatile Optional<Call> call = Optional.empty(); // Written by the thread that asks, read by who gives up.

    /** To be asked at {@code url}, which is empty if no host fits; {@code since} in nanoseconds. */
    Pending(AuthQuestion question, Optional<HttpUrl> url, long since) {
        this.question = question;
        this.url = url;
        this.since = since;
    }

    AuthQuestion question() {
        return question;
    }

    Optional<HttpUrl> url() {
        return url;
    }

    long since() {
        return since;
    }

    CompletableFuture<Authorization> answer() {
        return answer;
    }

    /** Asks by {@code started} from now on; false if nobody waits for the answer any more. */
    boolean isAskedBy(Call started) {
        call = Optional.of(started);
        return !answer.isDone();
    }

    /** Stops asking, if that has begun. */
    void cancel() {
        call.ifPresent(Call::cancel);
    }
}
