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
     * @param remark what is odd about the answer
     */
    record Granted(Optional<Json> channelData, Optional<Trouble> remark) implements Outcome {
        @Override
        public Authorization authorization() {
            return new Authorization.Granted(channelData);
        }

        @Override
        public Optional<Refused> complaint() {
            return remark.map(odd -> new Refused(odd, 200));
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
