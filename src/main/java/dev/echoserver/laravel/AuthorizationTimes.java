package dev.echoserver.laravel;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long questions took from being asked until they were settled, by what came of them: {@link #GRANTED}, or the kind of
 * trouble in lower case, such as {@code forbidden}. The same question, asked again meanwhile, does not count. Any thread.
 */
public final class AuthorizationTimes {
    /** What came of a question if the socket may join. */
    public static final String GRANTED = "granted";

    private static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofMillis(1000),
            Duration.ofMillis(2500),
            Duration.ofMillis(5000),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private final Map<String, Adders> byOutcome = new ConcurrentHashMap<>();

    AuthorizationTimes() {
        byOutcome.put(GRANTED, new Adders());
    }

    /**
     * A histogram.
     *
     * @param counts how many took at most as long as the bound of the same place in {@link #bounds()}, and longer than the
     *     bound before; the last has no bound
     * @param sumNanos of all times
     */
    public record Times(List<Long> counts, long sumNanos) {
        /** Copies the list. */
        public Times {
            counts = List.copyOf(counts);
        }

        /** How many there were. */
        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    private record Adders(List<LongAdder> counts, LongAdder sumNanos) {
        Adders() {
            this(Stream.generate(LongAdder::new).limit(BOUNDS.size() + 1L).toList(), new LongAdder());
        }

        Times times() {
            return new Times(counts.stream().map(LongAdder::sum).toList(), sumNanos.sum());
        }
    }

    /** The upper bounds of {@link Times#counts}, but for the last. */
    public static List<Duration> bounds() {
        return BOUNDS;
    }

    /** What there was so far, by outcome in alphabetical order. */
    public Map<String, Times> byOutcome() {
        Map<String, Times> all = new TreeMap<>();
        byOutcome.forEach((outcome, adders) -> all.put(outcome, adders.times()));
        return all;
    }

    void add(Outcome outcome, long nanos) {
        Adders adders = byOutcome.computeIfAbsent(name(outcome), first -> new Adders());
        int bound = 0;
        while (bound < BOUNDS.size() && nanos > BOUNDS.get(bound).toNanos()) {
            bound++;
        }
        adders.counts().get(bound).increment();
        adders.sumNanos().add(nanos);
    }

    private static String name(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? refused.trouble().name().toLowerCase(Locale.ROOT)
                : GRANTED;
    }
}
