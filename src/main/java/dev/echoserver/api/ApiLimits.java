package dev.echoserver.api;

import dev.echoserver.log.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How often the API may be asked: in the name of one app, and by one address whose keys are wrong. Beyond that requests
 * are answered with 429. Any thread.
 *
 * <p>While an address guesses, its keys for that app are not even looked at: only so guessing becomes slow. So its right
 * key is refused for the moment, too, which is why those who are trusted are exempt.
 */
public final class ApiLimits {
    private static final int GUESSES_AT_ONCE = 20;
    private static final int MAX_GUESSERS = 10_000;

    private final Rates rates;
    private final LongSupplier nanoTime;
    private final Tally<Limit> tally = new Tally<>(Limit.class);
    private final Map<String, TokenBucket> requests = new ConcurrentHashMap<>(); // Of apps that exist.
    private final Map<String, TokenBucket> reads = new ConcurrentHashMap<>();
    private final Map<Guesser, TokenBucket> guessers = new Guessers();

    /**
     * The rates in the long run. As many as in one second may come at once, and {@value #GUESSES_AT_ONCE} wrong keys.
     *
     * @param requestsPerSecond of all kinds, for each app; empty if there is no bound
     * @param readsPerSecond that ask all nodes for what they know, for each app
     * @param wrongKeysPerSecond of each address, for each app
     */
    public record Rates(Optional<Integer> requestsPerSecond, int readsPerSecond, int wrongKeysPerSecond) {}

    /** What there was too much of. */
    public enum Limit {
        /** Requests of all kinds. */
        REQUESTS,
        /** Requests that ask all nodes. */
        READS,
        /** Wrong keys and signatures. */
        WRONG_KEYS
    }

    private record Guesser(String address, String appId) {}

    /** Nothing was asked yet. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public ApiLimits(Rates rates, LongSupplier nanoTime) {
        this.rates = rates;
        this.nanoTime = nanoTime;
    }

    /** How many requests were refused for {@code limit}. */
    public long count(Limit limit) {
        return tally.count(limit);
    }

    /**
     * Returns if the key in {@code request} may be looked at.
     *
     * @throws ApiRefusal if not
     */
    void checkGuesses(String appId, ApiRequest request) {
        if (request.peer().isEmpty()) {
            return;
        }
        Optional<TokenBucket> known;
        synchronized (guessers) {
            known = Optional.ofNullable(guessers.get(new Guesser(request.peer().get(), appId)));
        }
        known.ifPresent(bucket -> require(
                bucket.untilNext(nanoTime.getAsLong()),
                Limit.WRONG_KEYS,
                "Too many wrong keys or signatures. Correct it (limits.apiWrongKeysPerSecond)."));
    }

    /** The key in {@code request} was wrong. */
    void addGuess(String appId, ApiRequest request) {
        request.peer().ifPresent(address -> {
            long now = nanoTime.getAsLong();
            synchronized (guessers) {
                guessers.computeIfAbsent(new Guesser(address, appId), first -> wrongKeys(now))
                        .take(now);
            }
        });
    }

    private TokenBucket wrongKeys(long now) {
        return new TokenBucket(rates.wrongKeysPerSecond(), GUESSES_AT_ONCE, now);
    }

    /**
     * Returns if one more request may be made in the name of {@code appId}, whose key was right.
     *
     * @throws ApiRefusal if not
     */
    void admit(String appId, Operation operation) {
        rates.requestsPerSecond()
                .ifPresent(rate -> admit(requests, appId, rate, Limit.REQUESTS, "apiRequestsPerSecond"));
        if (!operation.publishes()) {
            admit(reads, appId, rates.readsPerSecond(), Limit.READS, "apiReadsPerSecond");
        }
    }

    private void admit(Map<String, TokenBucket> buckets, String appId, int rate, Limit limit, String setting) {
        long now = nanoTime.getAsLong();
        TokenBucket bucket = buckets.computeIfAbsent(appId, first -> new TokenBucket(rate, rate, now));
        require(bucket.take(now), limit, "More than " + rate + " requests a second (limits." + setting + ").");
    }

    private void require(Duration wait, Limit limit, String text) {
        if (!wait.isZero()) {
            tally.add(limit, nanoTime.getAsLong());
            long seconds = wait.plusNanos(999_999_999).toSeconds();
            throw ApiRefusal.tooMany(text + " Send it again in " + seconds + " s.", seconds);
        }
    }

    /** Those who guessed last: each costs little, but there may be many. */
    private static final class Guessers extends LinkedHashMap<Guesser, TokenBucket> {
        private static final long serialVersionUID = 1L;

        Guessers() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Guesser, TokenBucket> eldest) {
            return size() > MAX_GUESSERS;
        }
    }
}
