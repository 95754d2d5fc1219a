package dev.echoserver.subscription;

import dev.echoserver.auth.Credentials;
import java.util.Map;

/** What a client showed about itself, in the terms of the question to Laravel. */
final class ClientCredentials {
    private ClientCredentials() {}

    /** By the request that opened its connection, and by the {@code headers} that its page gave. */
    static Credentials of(ChannelClient client, Map<String, String> headers) {
        String address = client.remoteAddress();
        return new Credentials(
                client.requestHeader("Origin"),
                client.requestHeader("Referer"),
                client.requestHeader("Host"), // Which no page can choose: it decides about cookies.
                client.requestHeader("Cookie"),
                client.requestHeader("User-Agent"),
                // Each proxy adds the address it was reached from.
                client.requestHeader("X-Forwarded-For")
                        .map(before -> before + ", " + address)
                        .orElse(address),
                client.requestHeader("X-Forwarded-Proto").orElse("http"),
                headers);
    }
}
