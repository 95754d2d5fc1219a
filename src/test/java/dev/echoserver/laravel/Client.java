package dev.echoserver.laravel;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Credentials;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client under test: what its request carried, and what its page sends along. */
final class Client {
    private final Map<String, String> request = new HashMap<>();
    private final Map<String, String> page = new HashMap<>();

    static Client program() {
        return new Client();
    }

    /** A browser with a page of {@code origin}. */
    static Client browserAt(String origin) {
        return new Client().with("Origin", origin).with("Host", "echo.test:6001");
    }

    Client with(String header, String value) {
        request.put(header, value);
        return this;
    }

    Client sending(String header, String value) {
        page.put(header, value);
        return this;
    }

    AuthQuestion about(String channel) {
        return new AuthQuestion(Channel.of(channel), new SocketId("12.34"), credentials());
    }

    private Credentials credentials() {
        return new Credentials(
                header("Origin"),
                header("Referer"),
                header("Host"),
                header("Cookie"),
                header("User-Agent"),
                "192.0.2.7, 198.51.100.1",
                "https",
                page);
    }

    private Optional<String> header(String name) {
        @Nullable String value = request.get(name);
        return Optional.ofNullable(value);
    }
}
