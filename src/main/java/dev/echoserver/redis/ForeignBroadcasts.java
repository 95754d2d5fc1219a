package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.Envelope;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** What applications publish outside the own key prefix, for those who want to see it. Any thread. */
public final class ForeignBroadcasts {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final OutsideWatch watch;

    /** Hears of one broadcast, on {@code redis-io}; must not block. */
    @FunctionalInterface
    public interface Listener {
        /** {@code event} was published on {@code channel}, prefix included, with {@code bytes} of data. */
        void heard(String channel, String event, int bytes);
    }

    ForeignBroadcasts(RedisConnector connector, LongSupplier nanoTime) {
        this.watch = new OutsideWatch(connector, new Outside(), nanoTime);
    }

    /** Tells {@code listener} of what is published from about now on, until the result is run; less of very much. */
    public Runnable listen(Listener listener) {
        listeners.add(listener);
        watch.start();
        return () -> {
            listeners.remove(listener);
            if (listeners.isEmpty()) {
                watch.start(); // Which closes the connection, because nobody wants it.
            }
        };
    }

    /** Redis was away and is back. */
    void connected() {
        if (!listeners.isEmpty()) {
            watch.start();
        }
    }

    private final class Outside implements OutsideWatch.Outside {
        @Override
        public boolean isOver() {
            return listeners.isEmpty();
        }

        @Override
        public void own() {}

        @Override
        public void foreign(byte[] channelName, Envelope broadcast) {
            String channel = new String(channelName, UTF_8);
            String event = broadcast.event().text();
            int bytes = broadcast.data().length();
            listeners.forEach(listener -> listener.heard(channel, event, bytes));
        }
    }
}
