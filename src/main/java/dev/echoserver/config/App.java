package dev.echoserver.config;

import java.time.Duration;
import java.util.List;

/**
 * An application that signs its requests to the HTTP API, as Pusher's libraries do.
 *
 * @param id public name, as it stands in the path {@code /apps/<id>/…}
 * @param key public name of the secrets
 * @param secrets any of them signs; never empty; two while one replaces the other
 * @param timestampTolerance how far the clock of a request may be from this server's
 */
public record App(String id, String key, List<String> secrets, Duration timestampTolerance) {

    /** Copies the list. */
    public App {
        secrets = List.copyOf(secrets);
    }

    /** Id and key; the secrets are left out. */
    @Override
    public String toString() {
        return "App[id=" + id + ", key=" + key + ", secrets=(hidden)]";
    }
}
