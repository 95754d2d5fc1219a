package dev.echoserver.watch;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a server tells at one address, from the one that was there first or from whichever comes after it. One thread. */
public final class SteadyFeed implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final URI address;
    private Optional<Feed> current;

    private SteadyFeed(URI address, Feed first) {
        this.address = address;
        this.current = Optional.of(first);
    }

    /**
     * Asks for what is at {@code address}.
     *
     * @throws FeedException if it cannot be had now
     */
    public static SteadyFeed open(URI address) {
        return new SteadyFeed(address, Feed.open(address));
    }

    /** What comes next; waits for it, and for {@code patience} at most. Behind {@code Lost} it tries once a second. */
    public Message next(Duration patience) {
        if (current.isEmpty()) {
            return tryAgain();
        }
        Message message = current.get().next(patience);
        if (message instanceof Message.Lost) {
            close();
        }
        return message;
    }

    private Message tryAgain() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            current = Optional.of(Feed.open(address));
            return new Message.Back();
        } catch (FeedException stillAway) {
            return new Message.Quiet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Message.Quiet();
        }
    }

    @Override
    public void close() {
        current.ifPresent(Feed::close);
        current = Optional.empty();
    }
}
