package dev.echoserver.live;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Remembers, for the channels that it happened to last, that Laravel let somebody not in. Any thread. */
public final class RefusedJoins implements Authorizer {
    private static final int MAX_CHANNELS = 1000;

    private final Authorizer authorizer;
    private final LongSupplier nanoTime;
    private final Map<String, Refusal> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refusal> eldest) {
            return size() > MAX_CHANNELS;
        }
    };

    /**
     * Browsers that were kept out of one channel.
     *
     * @param times how many
     * @param status the last one was told
     * @param at when that was
     */
    record Refusal(long times, int status, String reason, long at) {
        Duration ago(long now) {
            return Duration.ofNanos(now - at);
        }
    }

    /** Remembers what {@code authorizer} says; closes it. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public RefusedJoins(Authorizer authorizer, LongSupplier nanoTime) {
        this.authorizer = authorizer;
        this.nanoTime = nanoTime;
    }

    @Override
    public CompletionStage<Authorization> authorize(AuthQuestion question) {
        return authorizer.authorize(question).thenApply(answer -> {
            if (answer instanceof Authorization.Denied denied) {
                add(question.channel().name(), denied);
            }
            return answer;
        });
    }

    private synchronized void add(String channel, Authorization.Denied denied) {
        Refusal before = last.remove(channel);
        long times = before == null ? 1 : before.times() + 1;
        last.put(channel, new Refusal(times, denied.status(), denied.reason(), nanoTime.getAsLong()));
    }

    /** Whether somebody was kept out of {@code channel}. */
    synchronized Optional<Refusal> of(String channel) {
        return Optional.ofNullable(last.get(channel));
    }

    @Override
    public void close() {
        authorizer.close();
    }
}
