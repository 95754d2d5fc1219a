package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.api.ApiCredentials;
import dev.echoserver.api.ApiLimits;
import dev.echoserver.api.HttpApi;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.presence.MemoryPresenceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ApiRouteTest {
    private static final String KEY = "Authorization: Bearer secret";
    private static final Map<String, String> CORS =
            Map.of("Access-Control-Allow-Origin", "https://a.test", "X-Extra", "yes");

    private final List<String> published = new ArrayList<>();
    private Census census = selection -> CompletableFuture.completedStage(Count.ZERO);
    private final Wire wire = new Wire(CORS, route());

    private ApiRoute route() {
        ApiCredentials credentials =
                ApiCredentials.of(ServerConfig.of("{\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}],"
                        + "\"apps\":[{\"id\":\"3\",\"key\":\"public\",\"secret\":\"s\"}]}"));
        ApiLimits limits = new ApiLimits(new ApiLimits.Rates(Optional.of(4), 3, 1), () -> 0);
        HttpApi.Ports ports = new HttpApi.Ports(
                broadcast -> published.add(broadcast.channel().name()),
                selection -> census.count(selection),
                new MemoryPresenceStore(System::nanoTime),
                new Drops(() -> 0));
        HttpApi api = new HttpApi(() -> credentials, ports, new HttpApi.Rules(true, limits), Clock.systemUTC());
        return new ApiRoute(api, TrustedProxies.NONE, new BodyLimit(5000, "Raise it."), CORS);
    }

    private String post(String path, int dataBytes, String... headers) {
        return post(wire, path, dataBytes, headers);
    }

    private static String post(Wire wire, String path, int dataBytes, String... headers) {
        String body = "{\"name\":\"e\",\"channel\":\"a\",\"data\":\"" + "x".repeat(dataBytes) + "\"}";
        String head = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
        wire.send("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + head + "Content-Length: " + body.length() + "\r\n\r\n"
                + body);
        return wire.answers();
    }

    @Test
    void publishesWhateverTheContentTypeSays() {
        assertThat(post("/apps/les/events", 1, KEY, "Content-Type: text/plain"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("content-type: application/json; charset=utf-8")
                .endsWith("{\"message\":\"ok\"}");
        assertThat(published).containsExactly("a");
    }

    @Test
    void addsTheConfiguredHeadersToEveryAnswer() {
        assertThat(List.of(
                        wire.ask("GET /apps/les/channels", KEY),
                        wire.ask("GET /apps/les/channels"),
                        wire.ask("OPTIONS /apps/les/events"),
                        wire.ask("PUT /apps/les/events"),
                        wire.ask("GET /apps/les/other"),
                        wire.ask("GET /apps"),
                        post("/apps/les/events", 5000, KEY)))
                .allMatch(answer -> answer.contains("Access-Control-Allow-Origin: https://a.test\r\n")
                        && answer.contains("X-Extra: yes"));
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertThat(wire.ask("OPTIONS /apps/les/events"))
                .contains("200 OK", "allow: POST\r\n")
                .endsWith("\r\n\r\nPOST");
        assertThat(wire.ask("OPTIONS /apps/les/channels/a/users"))
                .contains("allow: GET,HEAD\r\n")
                .endsWith("GET,HEAD");
    }

    @Test
    void saysWhatItCannotFindAsExpressDoes() {
        assertThat(wire.ask("GET /apps/les/events?a=b"))
                .startsWith("HTTP/1.1 404 ")
                .contains("<pre>Cannot GET /apps/les/events</pre>");
    }

    @Test
    void answersWhenTheCountIsThere() {
        CompletableFuture<Count> count = new CompletableFuture<>();
        census = selection -> count;
        assertThat(wire.ask("GET /apps/les/channels", KEY)).isEmpty();

        count.complete(new Count(1, Map.of("a", 1)));
        assertThat(wire.answers()).endsWith("{\"channels\":{\"a\":{\"subscription_count\":1,\"occupied\":true}}}");
    }

    @Test
    void tellsNobodyWhoGuessesWhetherALargeBodyCameWithTheRightKey() {
        ApiRoute route = route();
        for (int guess = 0; guess < 20; guess++) {
            post(new Wire(route), "/apps/les/events", 2000, "Authorization: Bearer " + guess);
        }

        assertThat(post(new Wire(route), "/apps/les/events", 2000, KEY)).startsWith("HTTP/1.1 413 ");
        assertThat(published).isEmpty();
    }

    @Test
    void hidesABug() {
        census = selection -> CompletableFuture.failedStage(new IllegalStateException("expected by this test"));

        assertThat(wire.ask("GET /apps/les/channels", KEY))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("expected by this test");
    }

    @Test
    void takesALargeBodyOnlyWithAKnownKey() {
        assertThat(post("/apps/les/events", 4000, KEY)).startsWith("HTTP/1.1 200 ");
        assertThat(post("/apps/les/events?auth_key=secret", 4000)).startsWith("HTTP/1.1 200 ");
        assertThat(post("/apps/3/events?auth_key=public", 4000)).startsWith("HTTP/1.1 403 ");
        assertThat(post("/apps/les/events", 4000, "Authorization: Bearer wrong"))
                .startsWith("HTTP/1.1 413 ")
                .contains("1024 bytes. More is taken with a valid key only.");
    }

    @Test
    void saysWhenARequestBeyondTheRateMayComeAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(wire.ask("GET /apps/les/channels", KEY)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(wire.ask("GET /apps/les/channels", KEY))
                .startsWith("HTTP/1.1 429 Too Many Requests")
                .contains("retry-after: 1\r\n", "X-Extra: yes", "application/json")
                .endsWith("{\"error\":\"More than 3 requests a second (limits.apiReadsPerSecond)."
                        + " Send it again in 1 s.\"}");
    }

    @Test
    void namesTheLimitOfALargeBody() {
        assertThat(post("/apps/les/events", 5000, KEY))
                .startsWith("HTTP/1.1 413 ")
                .contains("5000 bytes. Raise it.");
    }
}
