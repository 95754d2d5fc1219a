package dev.echoserver.laravel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import dev.echoserver.auth.Credentials;
import dev.echoserver.config.ServerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Asks Laravel over HTTP. At most {@code limits.authConcurrency} requests are open at once; {@code limits.authQueue} more
 * wait; the rest is denied with status 503. {@code limits.authTimeoutSeconds} begins when a request is sent. A question
 * that has waited for {@value #MAX_WAIT} times as long is denied too, so that an application that hangs does not keep
 * everybody waiting.
 */
public final class LaravelAuthorizer implements Authorizer {
    private static final int MAX_WAIT = 6;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int UNAVAILABLE = 503;
    private static final Outcome.Refused TIMED_OUT = new Outcome.Refused(Trouble.TIMEOUT, 0);
    private static final Outcome.Refused STOPPED = new Outcome.Refused(Trouble.STOPPING, UNAVAILABLE);

    private final AuthRequests requests;
    private final OkHttpClient client;
    private final Duration timeout;
    private final Semaphore places;
    private final FailureLog failures;
    private final Map<AuthQuestion, Pending> open = new ConcurrentHashMap<>();
    private volatile boolean isClosed; // Set by whoever stops the server, read by every event loop.

    /**
     * Connects to nothing yet.
     *
     * @param nanoTime {@code System::nanoTime} or a test's own
     * @throws AuthTlsException if {@code authTls.ca} cannot be used
     */
    public LaravelAuthorizer(ServerConfig config, LongSupplier nanoTime) {
        this.requests = new AuthRequests(config);
        this.client = AuthClient.of(config);
        this.timeout = config.limits().authTimeout();
        long all = (long) config.limits().authConcurrency() + config.limits().authQueue();
        this.places = new Semaphore((int) Math.min(all, Integer.MAX_VALUE));
        this.failures = new FailureLog(nanoTime);
    }

    @Override
    public CompletionStage<Authorization> authorize(AuthQuestion question) {
        Pending mine = new Pending(question);
        Pending first = open.putIfAbsent(question, mine);
        if (first == null) {
            ask(question, mine.outcome);
        }
        return (first == null ? mine : first).answer.copy();
    }

    private void ask(AuthQuestion question, CompletableFuture<Outcome> outcome) {
        CompletableFuture<Outcome> unused = outcome.completeOnTimeout(
                TIMED_OUT, timeout.multipliedBy(MAX_WAIT).toNanos(), NANOSECONDS);
        Optional<HttpUrl> url = requests.urlFor(question.credentials());
        Optional<Outcome> refusal = refusalOf(question.credentials(), url);
        if (refusal.isPresent()) {
            outcome.complete(refusal.get());
        } else {
            send(question, url.orElseThrow(), outcome);
        }
    }

    /** Why there is no asking; a granted place is in use from here on. */
    private Optional<Outcome> refusalOf(Credentials client, Optional<HttpUrl> url) {
        if (isClosed) {
            return Optional.of(STOPPED);
        }
        if (url.isEmpty()) {
            return Optional.of(new Outcome.Refused(Trouble.NO_HOST, 0));
        }
        if (new ClientHeaders(client.headers()).size() > MAX_HEADERS) {
            return Optional.of(new Outcome.Refused(Trouble.HEADERS_TOO_LARGE, HEADERS_TOO_LARGE));
        }
        return places.tryAcquire()
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(Trouble.OVERLOADED, UNAVAILABLE));
    }

    private void send(AuthQuestion question, HttpUrl url, CompletableFuture<Outcome> outcome) {
        Call call = client.newCall(requests.of(question, url));
        boolean withoutCookies = requests.keepsBackCookiesOf(question.credentials());
        call.enqueue(new Exchange(question.channel(), withoutCookies, end -> {
            places.release();
            outcome.complete(end);
        }));
        // Does nothing unless the question ended without its answer: too late, or because the server stops.
        CompletableFuture<Void> unused = outcome.thenRun(call::cancel);
    }

    private Authorization settle(AuthQuestion question, Outcome outcome) {
        open.remove(question);
        if (outcome != STOPPED) {
            Optional<HttpUrl> url = requests.urlFor(question.credentials());
            failures.add(url.map(Exchange::site).orElse("none"), question.channel(), outcome);
        }
        return outcome.authorization();
    }

    @Override
    public void close() {
        isClosed = true;
        open.values().forEach(pending -> pending.outcome.complete(STOPPED));
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** A question on its way. It is no longer open when its answer is there. */
    private final class Pending {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final CompletableFuture<Authorization> answer;

        Pending(AuthQuestion question) {
            this.answer = outcome.thenApply(end -> settle(question, end));
        }
    }
}
