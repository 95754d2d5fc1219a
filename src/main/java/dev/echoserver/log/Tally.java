package dev.echoserver.log;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** How often each of several things happened, and when a line about it is due. Any thread. */
public final class Tally<C extends Enum<C>> {
    private final Map<C, Entry> entries; // One for every constant, and not changed: that is why any thread may read it.

    /** Of all constants of {@code causes}. */
    public Tally(Class<C> causes) {
        entries = new EnumMap<>(causes);
        for (C cause : causes.getEnumConstants()) {
            entries.put(cause, new Entry(new LongAdder(), new Folding()));
        }
    }

    /**
     * Counts one, at {@code now} on a clock like {@link System#nanoTime}.
     *
     * @return how many lines about {@code cause} were left out before this one; empty if none is due
     */
    public OptionalLong add(C cause, long now) {
        entry(cause).count().increment();
        return entry(cause).lines().next(now);
    }

    /** How many there were of {@code cause}. */
    public long count(C cause) {
        return entry(cause).count().sum();
    }

    private Entry entry(C cause) {
        return requireNonNull(entries.get(cause));
    }

    private record Entry(LongAdder count, Folding lines) {}
}
