package dev.echoserver.laravel;

import dev.echoserver.auth.Authorization;
import dev.echoserver.json.Json;
import java.util.Optional;

/** How a question ended, and what is to be said about it. */
sealed interface Outcome {

    Authorization authorization();

    /** What the log is told. */
    Optional<Refused> complaint();

    /**
     * The socket may join.
     *
     * @param complaint what is odd about that
     */
    record Granted(Optional<Json> channelData, Optional<Refused> complaint) implements Outcome {
        /** For a private channel, and nothing is odd. */
        static final Granted PLAIN = new Granted(Optional.empty(), Optional.empty());

        private static final int OK = 200;

        /** For a presence channel, and nothing is odd. */
        static Granted with(Json member) {
            return new Granted(Optional.of(member), Optional.empty());
        }

        /** For a private channel, although there is {@code trouble}. */
        static Granted but(Trouble trouble, String detail) {
            return PLAIN.butFor(trouble, detail);
        }

        /** The same, with something to be said about it. */
        Granted butFor(Trouble trouble, String detail) {
            return new Granted(channelData, Optional.of(new Refused(trouble, OK, detail)));
        }

        @Override
        public Authorization authorization() {
            return new Authorization.Granted(channelData);
        }
    }

    /**
     * The socket may not join.
     *
     * @param status for the page
     * @param detail for the log: what an exception says, or where a redirect leads
     */
    record Refused(Trouble trouble, int status, String detail) implements Outcome {
        Refused(Trouble trouble, int status) {
            this(trouble, status, "");
        }

        @Override
        public Authorization authorization() {
            return new Authorization.Denied(status, trouble.cause());
        }

        @Override
        public Optional<Refused> complaint() {
            return trouble == Trouble.STOPPING ? Optional.empty() : Optional.of(this);
        }
    }
}
