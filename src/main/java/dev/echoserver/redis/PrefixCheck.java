package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.Audience;
import dev.echoserver.channel.Channel;
import dev.echoserver.json.Envelope;
import dev.echoserver.log.Excerpt;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Laravel publishes under another prefix than the one that is set: nobody has joined the channel of a
 * broadcast, but its name ends in one that somebody has. Ends for good with the first broadcast that somebody has joined.
 *
 * <p>Asks about few broadcasts a second only, so a mistake may be noticed a little later, and costs nothing.
 */
final class PrefixCheck implements OutsideWatch.Outside {
    private static final Logger log = LoggerFactory.getLogger(PrefixCheck.class);
    private static final int QUESTIONS_PER_SECOND = 20;
    private static final int LONGEST_NAME_BYTES = 1000;
    private static final int MAX_WARNINGS = 10;

    private final String prefix;
    private final Audience audience;
    private final PerSecond questions;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean isSettled;
    private volatile boolean isOwnSeen;

    PrefixCheck(String prefix, Audience audience, LongSupplier nanoTime) {
        this.prefix = prefix;
        this.audience = audience;
        this.questions = new PerSecond(QUESTIONS_PER_SECOND, nanoTime);
    }

    /** {@inheritDoc} A broadcast under the own prefix is enough to look no further. */
    @Override
    public boolean isOver() {
        return isSettled || isOwnSeen;
    }

    @Override
    public void own() {
        isOwnSeen = true;
    }

    @Override
    public void foreign(byte[] channelName, Envelope broadcast) {
        heard(channelName);
    }

    /** A broadcast came on the channel {@code fullName}, prefix included. On {@code redis-io}. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whoever cannot answer now will be asked again.
    void heard(byte[] fullName) {
        if (isSettled || fullName.length > LONGEST_NAME_BYTES || !questions.allow(1)) {
            return;
        }
        String name = new String(fullName, UTF_8);
        if (Channel.isName(name)) {
            audience.joinedEndsOf(name).thenAccept(joined -> judge(name, joined));
        }
    }

    private void judge(String name, Set<String> joined) {
        if (name.startsWith(prefix) && joined.contains(name.substring(prefix.length()))) {
            isSettled = true;
            return;
        }
        joined.stream()
                .filter(end -> isGuarded(end) == isGuarded(name)) // "orders" was not meant by "private-orders".
                .max(Comparator.comparingInt(String::length))
                .ifPresent(end -> warn(name, end));
    }

    private static boolean isGuarded(String name) {
        return Channel.of(name).isGuarded();
    }

    private void warn(String name, String joined) {
        String other = name.substring(0, name.length() - joined.length());
        if (!isSettled && warned.size() < MAX_WARNINGS && warned.add(other)) {
            log.warn(
                    "Events arrive under another prefix than the one that is set, so nobody gets them:"
                            + " channel={} joined={} keyPrefix=\"{}\""
                            + " cure='if they are of your application, set \"keyPrefix\": \"{}\" under databaseConfig.redis'",
                    Excerpt.of(name),
                    Excerpt.of(joined),
                    prefix,
                    Excerpt.of(other));
        }
    }
}
