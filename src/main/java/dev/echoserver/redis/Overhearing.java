package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.json.Envelope;
import dev.echoserver.json.EnvelopeScanner;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Collects the names under which Laravel's events come, and notices one message of its own. Heard on {@code redis-io}. */
final class Overhearing implements MessageListener {
    private static final int WORTH_BYTES = 4 << 20;
    private static final int MAX_NAMES = 1000;

    private final String prefix;
    private final String probe;
    private final CountDownLatch probed = new CountDownLatch(1);
    private final CountDownLatch ownCame = new CountDownLatch(1);
    private final Set<String> own = new ConcurrentSkipListSet<>();
    private final Set<String> foreign = new ConcurrentSkipListSet<>();
    private final Set<String> empty = new ConcurrentSkipListSet<>();

    /** @param probe the full name of the channel of that one message */
    Overhearing(String prefix, String probe) {
        this.prefix = prefix;
        this.probe = probe;
    }

    @Override
    public void message(byte[] channelName, byte[] payload) {
        String name = new String(channelName, UTF_8);
        if (name.equals(probe)) {
            probed.countDown();
        } else if (isOfLaravel(name) && payload.length == 0) {
            takeEmpty(name);
        } else if (isOfLaravel(name) && EnvelopeScanner.scan(payload) instanceof Envelope) {
            take(name);
        }
    }

    /** Servers talk to each other, under other prefixes too. */
    private static boolean isOfLaravel(String name) {
        return !name.contains(InternalChannel.PREFIX) && !name.endsWith(InternalChannel.PRESENCE_UPDATES);
    }

    /** Under another prefix it may be anybody's. */
    private void takeEmpty(String name) {
        if (PrefixGuess.fits(name, prefix)) {
            add(name, empty);
            take(name);
        }
    }

    private void take(String name) {
        if (PrefixGuess.fits(name, prefix)) {
            add(name, own);
            ownCame.countDown();
        } else {
            add(name, foreign);
        }
    }

    private static void add(String name, Set<String> names) {
        if (names.size() < MAX_NAMES) {
            names.add(name);
        }
    }

    @Override
    public int worth(byte[] channelName) {
        return WORTH_BYTES;
    }

    /** Waits for the message of its own. */
    boolean isProbedWithin(Duration patience) {
        return await(probed, patience);
    }

    /** Waits for an event under the own prefix. */
    boolean isOwnWithin(Duration patience) {
        return await(ownCame, patience);
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The names under the own prefix. */
    List<String> own() {
        return List.copyOf(own);
    }

    /** Those of them under which something empty came. */
    List<String> empty() {
        return List.copyOf(empty);
    }

    /** The other names. */
    List<String> foreign() {
        return List.copyOf(foreign);
    }
}
