package dev.echoserver.api;

import java.util.Optional;

/**
 * One request to the API.
 *
 * @param peer who asks, as far as an address says; empty for one that is trusted
 * @param method in capitals
 * @param path as it was sent, still percent-encoded
 * @param query behind the path
 * @param authorization the header of this name, if it is there and not empty
 * @param body empty if there is none; must not change afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ApiRequest(
        Optional<String> peer, String method, String path, Query query, Optional<String> authorization, byte[] body) {
    private static final String SIGNATURE = "auth_signature";

    /** A request of one that is trusted, as it came; {@code uri} is path and query. */
    public static ApiRequest of(String method, String uri, Optional<String> authorization, byte[] body) {
        String path = uri.split("\\?", 2)[0];
        return new ApiRequest(
                Optional.empty(), method, path, Query.of(uri), authorization.filter(value -> !value.isEmpty()), body);
    }

    /** The same, but from {@code address}. */
    public ApiRequest from(Optional<String> address) {
        return new ApiRequest(address, method, path, query, authorization, body);
    }

    /** Whether it claims to be signed, as those of Pusher's libraries are. Then it is answered as Pusher answers. */
    boolean isSigned() {
        return query.value(SIGNATURE).isPresent();
    }

    String signature() {
        return query.value(SIGNATURE).orElse("");
    }

    /** All of the query that the signature covers. */
    String signedQuery() {
        return query.without(SIGNATURE);
    }

    /**
     * The key that stands for itself.
     *
     * <p>Source: laravel-echo-server 1.6.3, {@code server.ts#getAuthKey}.
     */
    String bareKey() {
        return authorization
                .map(header -> header.replaceFirst("Bearer ", ""))
                .or(() -> query.value("auth_key"))
                .orElse("");
    }
}
