package dev.echoserver.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who may use the HTTP API: {@code clients} and {@code apps}. */
final class ApiSection {
    private static final int TOLERANCE_SECONDS = 600;
    private static final int DAY_SECONDS = 86_400;
    private static final String APP_SHAPE = "Write {\"id\": \"…\", \"key\": \"…\", \"secret\": \"…\"}";

    private ApiSection() {}

    static List<ApiClient> clients(Section root, Findings findings) {
        List<ApiClient> clients = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section client : root.sections("clients")) {
            Optional<String> appId = client.text("appId");
            Optional<String> key = client.text("key");
            if (appId.isEmpty() || key.isEmpty()) {
                String missing = appId.isEmpty() ? "appId" : "key";
                findings.mistake(client.pathOf(missing), "is missing", "Write {\"appId\": \"…\", \"key\": \"…\"}");
            } else if (ids.add(appId.get())) {
                clients.add(new ApiClient(appId.get(), key.get()));
            } else {
                findings.notice(
                        client.pathOf("appId"),
                        "is \"" + appId.get() + "\" for the second time, and only the first one counts",
                        "Remove one of them");
            }
            client.close();
        }
        return clients;
    }

    /**
     * The key of an application is public and that of a client is not, so what belongs to the one must never open what
     * belongs to the other.
     */
    static List<App> apps(Section root, List<ApiClient> clients, Findings findings) {
        List<App> apps = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        clients.forEach(client -> ids.add(client.appId()));
        for (Section section : root.sections("apps")) {
            Optional<App> app = app(section, findings);
            if (app.isPresent() && !ids.add(app.get().id())) {
                findings.problem(
                        section.pathOf("id"),
                        "is \"" + app.get().id() + "\", which another entry of apps or clients has",
                        "Give each entry an id of its own");
            } else if (app.filter(own -> isKeyOfAClient(own, clients)).isPresent()) {
                findings.problem(
                        section.pathOf("key"),
                        "is also the key of an entry of clients, where it is a secret; here it is public",
                        "Use another key");
            } else {
                app.ifPresent(apps::add);
            }
            section.close();
        }
        return apps;
    }

    private static boolean isKeyOfAClient(App app, List<ApiClient> clients) {
        return clients.stream().anyMatch(client -> client.key().equals(app.key()));
    }

    private static Optional<App> app(Section section, Findings findings) {
        Optional<String> id = section.text("id");
        Optional<String> key = section.text("key");
        List<String> secrets = section.texts("secret");
        Duration tolerance =
                Duration.ofSeconds(section.whole("timestampToleranceSeconds", TOLERANCE_SECONDS, 1, DAY_SECONDS));
        if (id.isPresent() && key.isPresent() && !secrets.isEmpty()) {
            return Optional.of(new App(id.get(), key.get(), secrets, tolerance));
        }
        String missing = id.isEmpty() ? "id" : key.isEmpty() ? "key" : "secret";
        findings.problem(section.pathOf(missing), "is missing", APP_SHAPE);
        return Optional.empty();
    }
}
