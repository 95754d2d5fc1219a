package dev.echoserver.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The HTTP API of one server, asked by the client {@code les} with the key {@code secret}. */
final class Api {
    /** The entry of the configuration that lets it in. */
    static final String CLIENTS = "\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}]";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    Api(InetSocketAddress server) {
        this.root = "http://" + server.getAddress().getHostAddress() + ":" + server.getPort() + "/apps/les/";
    }

    /** {@code <status> <body>}. */
    String get(String what) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(root + what))
                            .header("Authorization", "Bearer secret")
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "none: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Who is in {@code room}; the answer itself if it is no list. */
    Set<String> users(String room) {
        String answer = get("channels/" + room + "/users");
        if (!answer.startsWith("200 ")) {
            return Set.of(answer);
        }
        Set<String> users = new TreeSet<>();
        ID.matcher(answer).results().forEach(found -> users.add(found.group(1)));
        return users;
    }
}
