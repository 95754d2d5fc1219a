package dev.echoserver;

import dev.echoserver.channel.Channel;
import dev.echoserver.http.DemoPublisher;
import dev.echoserver.json.Json;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's heartbeat: every second {@code demo.tick} on the channel {@code demo}, with
 * {@code {"n": count from 1, "at": Unix time in milliseconds}}.
 *
 * <p>A tick that cannot be published is lost, and the next one is tried as usual; only the change is logged.
 */
final class DemoTicker {
    private static final Logger log = LoggerFactory.getLogger(DemoTicker.class);
    private static final Channel CHANNEL = Channel.of("demo");
    private static final Json EVENT = Json.string("demo.tick");

    private final DemoPublisher publisher;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();
    private long count; // Belongs to the thread that ticks.

    DemoTicker(DemoPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Ticks on {@code executor} from now on, until the returned task is cancelled. */
    ScheduledFuture<?> start(ScheduledExecutorService executor) {
        return executor.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    /** Publishes one tick. */
    void tick() {
        count++;
        Json data = Json.of("{\"n\":" + count + ",\"at\":" + clock.millis() + "}");
        publisher.publish(CHANNEL, EVENT, data).whenComplete((done, failure) -> note(failure));
    }

    private void note(@Nullable Throwable failure) {
        boolean failed = failure != null;
        boolean failedBefore = failing.getAndSet(failed);
        if (failure != null && !failedBefore) {
            log.warn("Demo ticks are lost: reason={}", failure.getMessage());
        } else if (!failed && failedBefore) {
            log.info("Demo ticks are published again");
        }
    }
}
