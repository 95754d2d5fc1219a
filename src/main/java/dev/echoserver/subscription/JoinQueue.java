package dev.echoserver.subscription;

import dev.echoserver.hub.LoopHub;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The joins of one socket that cost others something, Laravel or the store of presence: they wait for their turn here.
 *
 * <p>A page may ask for all its channels at once and gets them all. But only so many of its joins are under way at a time,
 * so that the others' wait behind these and not behind a thousand; and whoever joins and leaves for ever is slowed down,
 * never refused or closed. Confined to the socket's event loop.
 */
final class JoinQueue {
    static final int UNDER_WAY_AT_ONCE = 32;
    static final int PER_SECOND = 50;
    private static final int SPARE_BURST = 200;
    private static final int HEADER_BYTES_PER_CHANNEL = 256; // About as much as the channels' names.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final LoopHub loop;
    private final Errand errand;
    private final Budget budget;
    private final long maxHeaderBytes;
    private final Map<Subscription, Map<String, String>> waiting = new LinkedHashMap<>();
    private Map<String, String> latestHeaders = Map.of();
    private long headerBytes;
    private int underWay;
    private boolean looksAgain;

    /** What a join has others do. */
    @FunctionalInterface
    interface Errand {
        /** Begins it; completes, on any thread, when it is done. */
        CompletionStage<?> begin(Subscription subscription, Map<String, String> headers);
    }

    /** For a socket of {@code loop} that may be on {@code maxChannels}. */
    JoinQueue(LoopHub loop, int maxChannels, Errand errand) {
        this.loop = loop;
        this.errand = errand;
        this.budget = new Budget(PER_SECOND, 2L * maxChannels + SPARE_BURST, loop::nanoTime);
        this.maxHeaderBytes = (long) HEADER_BYTES_PER_CHANNEL * maxChannels;
    }

    /** Begins {@code subscription}'s errand now or later; false if too many bytes of headers wait already. */
    boolean add(Subscription subscription, Map<String, String> headers) {
        if (waiting.isEmpty()) {
            headerBytes = 0;
        }
        if (waiting.isEmpty() || !headers.equals(latestHeaders)) { // A page shows the same ones for all its channels.
            long bytes = headers.entrySet().stream()
                    .mapToLong(header ->
                            header.getKey().length() + header.getValue().length())
                    .sum();
            if (!waiting.isEmpty() && headerBytes + bytes > maxHeaderBytes) {
                return false;
            }
            headerBytes += bytes;
            latestHeaders = headers;
        }
        waiting.putIfAbsent(subscription, latestHeaders);
        begin();
        return true;
    }

    /** As {@link #add}, for an errand that needs no headers. */
    void add(Subscription subscription) {
        waiting.putIfAbsent(subscription, Map.of());
        begin();
    }

    /** {@code subscription} is over: its errand is not begun any more. */
    void remove(Subscription subscription) {
        waiting.remove(subscription);
    }

    private void begin() {
        while (!waiting.isEmpty() && underWay < UNDER_WAY_AT_ONCE && budget.spend(1)) {
            Iterator<Map.Entry<Subscription, Map<String, String>>> first =
                    waiting.entrySet().iterator();
            Map.Entry<Subscription, Map<String, String>> next = first.next();
            first.remove();
            underWay++;
            var unused = errand.begin(next.getKey(), next.getValue())
                    .whenComplete((done, failure) -> loop.execute(this::onDone));
        }
        if (waiting.isEmpty()) {
            latestHeaders = Map.of();
        } else if (underWay < UNDER_WAY_AT_ONCE) {
            lookAgainLater();
        }
    }

    private void onDone() {
        underWay--;
        begin();
    }

    /** The budget is empty. */
    private void lookAgainLater() {
        if (!looksAgain) {
            looksAgain = true;
            loop.execute(this::lookAgain, LOOK_AGAIN);
        }
    }

    private void lookAgain() {
        looksAgain = false;
        begin();
    }
}
