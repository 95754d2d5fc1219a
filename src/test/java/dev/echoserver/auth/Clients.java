package dev.echoserver.auth;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clients that show little. */
final class Clients {
    private Clients() {}

    static Credentials of(@Nullable String referer, @Nullable String origin) {
        return of(referer, origin, null);
    }

    static Credentials of(@Nullable String referer, @Nullable String origin, @Nullable String host) {
        return new Credentials(
                Optional.ofNullable(origin),
                Optional.ofNullable(referer),
                Optional.ofNullable(host),
                Optional.empty(),
                Optional.empty(),
                "192.0.2.7",
                "https",
                Map.of());
    }
}
