package dev.echoserver.api;

import dev.echoserver.config.ApiClient;
import dev.echoserver.config.App;
import dev.echoserver.config.ServerConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who may use the API. A client shows its key, which is a secret. An application signs, because its key is public: the
 * key alone opens nothing.
 */
public final class ApiCredentials {
    private final List<ApiClient> clients;
    private final List<App> apps;

    ApiCredentials(List<ApiClient> clients, List<App> apps) {
        this.clients = List.copyOf(clients);
        this.apps = List.copyOf(apps);
    }

    /** Those that {@code config} names. */
    public static ApiCredentials of(ServerConfig config) {
        return new ApiCredentials(config.clients(), config.apps());
    }

    /**
     * Returns if {@code request} may do what it asks for in {@code appId}'s name.
     *
     * @throws ApiRefusal if not
     */
    void check(String appId, ApiRequest request, Instant now) {
        if (isClient(appId, request)) {
            return; // Signed or not: Pusher's libraries sign for laravel-echo-server too, which never looked.
        }
        if (!request.isSigned()) {
            throw new ApiRefusal(403, "Unauthorized");
        }
        Signature.check(app(appId).orElseThrow(() -> unknown(appId)), request, now);
    }

    private ApiRefusal unknown(String appId) {
        boolean isClients = clients.stream().anyMatch(client -> client.appId().equals(appId));
        return isClients
                ? new ApiRefusal(401, "The key is wrong. Compare it with that in clients.")
                : new ApiRefusal(404, "The app " + appId + " could not be found. Write it into apps.");
    }

    /** Whether the head of {@code request} shows a key that belongs to {@code appId}: reason enough to read its body. */
    boolean mayKnow(String appId, ApiRequest head) {
        String key = head.query().value("auth_key").orElse("");
        return isClient(appId, head)
                || app(appId).filter(app -> Digests.areEqual(app.key(), key)).isPresent();
    }

    private boolean isClient(String appId, ApiRequest request) {
        return clients.stream()
                .filter(client -> client.appId().equals(appId))
                .anyMatch(client -> Digests.areEqual(client.key(), request.bareKey()));
    }

    private Optional<App> app(String id) {
        return apps.stream().filter(app -> app.id().equals(id)).findFirst();
    }
}
