package dev.echoserver.subscription;

import dev.echoserver.channel.SocketId;
import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Tally;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what sockets asked for and did not get, and says so: per limit one line at once, then at most one a minute with
 * the number of those in between. Any thread.
 */
public final class Overruns {
    private static final Logger log = LoggerFactory.getLogger(Overruns.class);

    private final Tally<Limit> tally = new Tally<>(Limit.class);
    private final LongSupplier nanoTime;

    /** Counts from zero. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public Overruns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Which limit it was. */
    public enum Limit {
        /** More whispers a second: this one was dropped. */
        EVENTS("a client event was dropped (limits.eventsPerSecond, limits.eventsBurst)"),
        /** More bytes of whispers a second: this one was dropped. */
        EVENT_BYTES("a client event was dropped (limits.eventBytesPerSecond)"),
        /** More channels. */
        CHANNELS("too many channels (limits.channelsPerSocket)"),
        /** A channel name that is too long, or none. */
        CHANNEL_NAME("not a channel name, or too long (limits.channelNameBytes)"),
        /** Other headers for each of many channels. */
        AUTH_HEADERS("too many different auth.headers at once"),
        /** A member of a presence channel without an id. */
        MEMBER(
                "the member of a presence channel has no user_id, or none that is a string or a number (let the user model"
                        + " return one from getAuthIdentifierForBroadcasting(); strictCompatibility lets such members in)"),
        /** An event that is not of the form that laravel-echo gives it: it was ignored. */
        FORM("an event was ignored that has not the form that laravel-echo gives it"),
        /** A whisper where there can be none: it was ignored. */
        WHISPER(
                "a client event was ignored: its name does not begin with client-, or its channel is public or not joined");

        private final String text;

        Limit(String text) {
            this.text = text;
        }

        /** What became of it, and which setting counts. */
        public String text() {
            return text;
        }
    }

    /** How many there were of {@code limit}. */
    public long count(Limit limit) {
        return tally.count(limit);
    }

    /** Counts one. {@code what} may hold anything that the client sent: it is shortened and made printable. */
    public void add(Limit limit, SocketId socket, String what) {
        tally.add(limit, nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Beyond a limit: reason=\"{}\" socket={} what=\"{}\" folded={}",
                        limit.text,
                        socket,
                        Excerpt.of(what),
                        folded));
    }
}
