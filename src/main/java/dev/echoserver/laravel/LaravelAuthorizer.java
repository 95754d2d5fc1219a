package dev.echoserver.laravel;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import dev.echoserver.config.ServerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
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
    private static final Outcome BUG = new Outcome.Refused(Trouble.BROKEN, 0);

    private final AuthRequests requests;
    private final Exchange.Rules rules;
    private final OkHttpClient client;
    private final ExecutorService threads;
    private final Semaphore places;
    private final FailureLog failures;
    private final OpenQuestions open;
    private final AuthorizationTimes times = new AuthorizationTimes();
    private final LongSupplier nanoTime;
    private volatile boolean isClosed; // Set by whoever stops the server, read by every event loop.

    /**
     * Connects to nothing yet.
     *
     * @param nanoTime {@code System::nanoTime} or a test's own
     * @throws AuthTlsException if {@code authTls.ca} cannot be used
     */
    public LaravelAuthorizer(ServerConfig config, LongSupplier nanoTime) {
        this.requests = new AuthRequests(config);
        this.rules = Exchange.Rules.of(config);
        this.client = AuthClient.of(config);
        this.threads = AuthThreads.of(config.limits().authConcurrency());
        long all = (long) config.limits().authConcurrency() + config.limits().authQueue();
        this.places = new Semaphore((int) Math.min(all, Integer.MAX_VALUE));
        this.failures = new FailureLog(nanoTime);
        Duration maxWait = config.limits().authTimeout().multipliedBy(MAX_WAIT);
        this.open = new OpenQuestions(maxWait, nanoTime, late -> giveUp(late, TIMED_OUT));
        this.nanoTime = nanoTime;
    }

    @Override
    public CompletionStage<Authorization> authorize(AuthQuestion question) {
        Optional<HttpUrl> url = requests.urlFor(question.credentials());
        Pending mine = new Pending(question, url, nanoTime.getAsLong());
        Pending first = open.add(mine);
        if (first != mine) {
            return first.answer().copy();
        }
        refusalOf(mine).ifPresentOrElse(refusal -> settle(mine, refusal), () -> threads.execute(() -> ask(mine)));
        return mine.answer();
    }

    /** How long the questions took that are settled. Any thread. */
    public AuthorizationTimes times() {
        return times;
    }

    /** How many questions are not settled. Any thread. */
    public int openCount() {
        return open.count();
    }

    /** Why there is no asking; a granted place is in use from here on. */
    private Optional<Outcome> refusalOf(Pending pending) {
        if (isClosed) {
            return Optional.of(STOPPED);
        }
        if (pending.url().isEmpty()) {
            return Optional.of(new Outcome.Refused(Trouble.NO_HOST, 0));
        }
        if (new ClientHeaders(pending.question().credentials().headers()).size() > MAX_HEADERS) {
            return Optional.of(new Outcome.Refused(Trouble.HEADERS_TOO_LARGE, HEADERS_TOO_LARGE));
        }
        return places.tryAcquire()
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(Trouble.OVERLOADED, UNAVAILABLE));
    }

    private void ask(Pending pending) {
        Outcome end = BUG;
        try {
            end = exchange(pending);
        } finally {
            places.release(); // Whatever happens, the place of this question is free again.
            settle(pending, end);
        }
    }

    private Outcome exchange(Pending pending) {
        AuthQuestion question = pending.question();
        boolean mayUseCookies = requests.mayUseCookiesOf(question.credentials());
        Call call = client.newCall(requests.of(question, pending.url().orElseThrow(), mayUseCookies));
        Optional<String> withheld = requests.withheldCookiesOf(question.credentials());
        return pending.isAskedBy(call) ? new Exchange(question.channel(), call, rules, withheld).run() : TIMED_OUT;
    }

    /** Ends {@code pending}, unless it was late or the server stops. */
    private void settle(Pending pending, Outcome outcome) {
        if (open.remove(pending)) {
            times.add(outcome, nanoTime.getAsLong() - pending.since());
            outcome.complaint()
                    .ifPresent(complaint -> failures.add(
                            pending.url().map(Exchange::site).orElse("none"),
                            pending.question().channel(),
                            complaint));
            pending.answer().complete(outcome.authorization());
        }
    }

    private void giveUp(Pending pending, Outcome outcome) {
        settle(pending, outcome);
        pending.cancel();
    }

    @Override
    public void close() {
        isClosed = true;
        open.all().forEach(pending -> giveUp(pending, STOPPED));
        client.dispatcher().cancelAll();
        threads.shutdown();
        client.connectionPool().evictAll();
    }
}
