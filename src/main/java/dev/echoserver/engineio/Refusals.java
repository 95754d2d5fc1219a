package dev.echoserver.engineio;

import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Tally;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what clients were refused or disconnected for, and says so: per cause one line at once, then at most one a
 * minute with the number of those in between. Any thread.
 */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Tally<Cause> tally = new Tally<>(Cause.class);
    private final LongSupplier nanoTime;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What was wrong. */
    public enum Cause {
        /** One message has too many bytes. */
        MESSAGE_TOO_LARGE("more bytes than a message may have", "see socketio.maxHttpBufferSize"),
        /** The body of a request has too many bytes. */
        BODY_TOO_LARGE("more bytes than a body may have", "see socketio.maxHttpBufferSize, limits.maxBroadcastBytes"),
        /** Too much has come of all clients' messages that are not complete. */
        MEMORY("too much arrives of all clients at once", "see limits.maxInboundBytes"),
        /** Attachments did not come in time. */
        LATE("attachments that do not come", "none is needed"),
        /** Too many requests before the answer to the first one. */
        PIPELINE("too many requests before their answers", "none is needed"),
        /** What came is no packet, or none that may come now. */
        INVALID_PACKET("an invalid packet", "look for a faulty client there"),
        /** No memory is left, or there is a bug. */
        FAILURE("a failure of this server", "report it, unless memory is short: then see -XX:MaxDirectMemorySize");

        private final String text;
        private final String cure;

        Cause(String text, String cure) {
            this.text = text;
            this.cure = cure;
        }
    }

    /** How many there were of {@code cause}. */
    public long count(Cause cause) {
        return tally.count(cause);
    }

    /** Counts one of {@code peer}'s. {@code what} may hold anything that the client sent: it is shortened and made printable. */
    public void add(Cause cause, String peer, String what) {
        tally.add(cause, nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Refused a client: reason=\"{}\" peer={} what=\"{}\" folded={} cure=\"{}\"",
                        cause.text,
                        peer,
                        Excerpt.of(what),
                        folded,
                        cause.cure));
    }

    /** Counts something of a client's that {@code failure} came upon, which no client may cause. */
    public void addFailure(String peer, String what, Throwable failure) {
        tally.add(Cause.FAILURE, nanoTime.getAsLong())
                .ifPresent(folded -> log.error(
                        "Failed: peer={} what=\"{}\" folded={} cure=\"{}\"",
                        peer,
                        Excerpt.of(what),
                        folded,
                        Cause.FAILURE.cure,
                        failure));
    }
}
