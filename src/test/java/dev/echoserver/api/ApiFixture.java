package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.config.ApiClient;
import dev.echoserver.config.App;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.MemoryPresenceStore;
import dev.echoserver.presence.PresenceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** An API for the client {@code les} with the key {@code secret} and the app {@code 3}, with numbers that a test sets. */
final class ApiFixture {
    static final String KEY = "278d425bdf160c739803";
    static final String SECRET = "7ad3773142a6692b25b8";
    static final Instant NOW = Instant.ofEpochSecond(1_353_088_179);

    final List<String> published = new ArrayList<>();
    final List<Broadcast> broadcasts = new ArrayList<>();
    final Map<String, Integer> subscribers = new HashMap<>();
    final PresenceStore presence = new MemoryPresenceStore(System::nanoTime);
    final Drops drops = new Drops(() -> 0);
    Census census = selection -> {
        Map<String, Integer> selected = new HashMap<>(subscribers);
        selected.keySet()
                .removeIf(name ->
                        !(selection.isPrefix() ? name.startsWith(selection.name()) : name.equals(selection.name())));
        return CompletableFuture.completedStage(new Count(7, selected));
    };
    ApiCredentials credentials = new ApiCredentials(
            List.of(new ApiClient("les", "secret"), new ApiClient("17", "numeric")),
            List.of(new App("3", KEY, List.of(SECRET), Duration.ofMinutes(10))));
    final AtomicLong nanoTime = new AtomicLong();
    ApiLimits limits = limits(Optional.empty(), 1_000_000, 1);
    Optional<String> peer = Optional.empty();
    private boolean publishes = true;

    ApiLimits limits(Optional<Integer> requests, int reads, int wrongKeys) {
        return new ApiLimits(new ApiLimits.Rates(requests, reads, wrongKeys), nanoTime::get);
    }

    ApiFixture withoutPublishing() {
        publishes = false;
        return this;
    }

    void joined(String channel, String socket, String member) {
        presence.join(
                new PresenceChannel(channel),
                new SocketId(socket),
                Member.of(Json.of(member)).orElseThrow());
    }

    /** The answer as text: {@code 200 {"…"}}, {@code allow GET,HEAD}, {@code nothing}. */
    String ask(String method, String uri, Optional<String> authorization, String body) {
        HttpApi.Ports ports = new HttpApi.Ports(this::publish, selection -> census.count(selection), presence, drops);
        HttpApi api = new HttpApi(
                () -> credentials, ports, new HttpApi.Rules(publishes, limits), Clock.fixed(NOW, ZoneOffset.UTC));
        ApiAnswer answer = api.answer(ApiRequest.of(method, uri, authorization, body.getBytes(UTF_8))
                        .from(peer))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        if (answer instanceof ApiAnswer.Result result) {
            return result.status() + " " + result.json();
        }
        if (answer instanceof ApiAnswer.TooMany later) {
            return "429 after " + later.seconds() + " " + later.json();
        }
        return answer instanceof ApiAnswer.Methods methods ? "allow " + methods.allowed() : "nothing";
    }

    String get(String uri) {
        return ask("GET", uri, Optional.of("Bearer secret"), "");
    }

    String post(String uri, String body) {
        return ask("POST", uri, Optional.of("Bearer secret"), body);
    }

    /** Posts {@code body} with single quotes for double ones to {@code events}. */
    String publish(String body) {
        return post("/apps/les/events", quoted(body));
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    /** Asks as {@code pusher-http-php} does; {@code parameters} are its own, sorted, not encoded. */
    String signed(String method, String path, String body, String... parameters) {
        List<String> query = new ArrayList<>(
                List.of("auth_key=" + KEY, "auth_timestamp=" + NOW.getEpochSecond(), "auth_version=1.0"));
        if (!body.isEmpty()) {
            query.add("body_md5=" + HexFormat.of().formatHex(Digests.of("MD5", body.getBytes(UTF_8))));
        }
        query.addAll(List.of(parameters));
        String sorted = query.stream().sorted().collect(Collectors.joining("&"));
        String signature = Signature.of(SECRET, method + "\n" + path + "\n" + sorted);
        return ask(method, path + "?" + sorted + "&auth_signature=" + signature, Optional.empty(), body);
    }

    private void publish(Broadcast broadcast) {
        broadcasts.add(broadcast);
        published.add(broadcast.channel().name() + " " + broadcast.event() + " " + broadcast.data()
                + broadcast.except().map(socket -> " but " + socket).orElse(""));
    }
}
