package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DemoPageTest {
    private static final String JSON = "application/json";

    private final List<String> published = new ArrayList<>();
    private final CompletableFuture<Void> redis = new CompletableFuture<>();
    private final Wire wire = new Wire(new DemoPage(this::publish));

    private CompletionStage<Void> publish(Channel channel, Json event, Json data) {
        published.add(channel.name() + " " + event + " " + data);
        return redis;
    }

    @Nested
    final class Files {

        @Test
        void areServedWithTheirTypes() {
            Map.of("/demo", "text/html", "/demo/", "text/html", "/demo/demo.css", "text/css")
                    .forEach((path, type) -> assertThat(wire.ask("GET " + path))
                            .contains("200 OK", "content-type: " + type + "; charset=utf-8"));
            for (String script : List.of("/demo/demo.js", "/demo/echo.iife.js")) {
                assertThat(wire.ask("GET " + script)).contains("200 OK", "content-type: text/javascript");
            }
        }

        @Test
        void loadNothingFromElsewhere() {
            String page = wire.ask("GET /demo");

            assertThat(page).contains("content-security-policy: default-src 'self'");
            assertThat(page).doesNotContainPattern("(src|href)=\"(https?:|//)");
        }

        @Test
        void areNoOthers() {
            assertThat(wire.ask("GET /demo/../application.properties")).contains("404 Not Found");
            assertThat(wire.ask("GET /demo/publish")).contains("404 Not Found");
            assertThat(wire.post("/demo", JSON, "{}")).contains("404 Not Found");
        }
    }

    @Nested
    final class Publishing {

        @Test
        void answersWhenTheEventIsHandedOver() {
            assertThat(wire.post(
                            "/demo/publish",
                            "application/json; charset=utf-8",
                            "{\"channel\":\"chat\",\"event\":\"a\\\\B\",\"data\":{\"n\":9007199254740993.25}}"))
                    .isEmpty();
            redis.complete(null);

            assertThat(wire.answers()).contains("202 Accepted").endsWith("{}");
            assertThat(published).containsExactly("chat \"a\\\\B\" {\"n\":9007199254740993.25}");
        }

        @Test
        void takesMissingDataAsNull() {
            wire.post("/demo/publish", JSON, "{\"channel\":\"chat\",\"event\":\"e\"}");

            assertThat(published).containsExactly("chat \"e\" null");
        }

        @Test
        void saysThatRedisDidNotTakeIt() {
            wire.post("/demo/publish", JSON, "{\"channel\":\"chat\",\"event\":\"e\"}");
            redis.completeExceptionally(new IllegalStateException("expected by this test"));

            assertThat(wire.answers()).contains("503 Service Unavailable", "{\"error\":\"Redis did not");
        }

        @Test
        void refusesWhatIsNoEvent() {
            Map.of(
                            "",
                            "channel: missing",
                            "{",
                            "body: not JSON",
                            "{} {}",
                            "body: not JSON",
                            "[".repeat(65) + "]".repeat(65),
                            "body: not JSON",
                            "[]",
                            "channel: missing",
                            "{\"channel\":5}",
                            "channel: missing",
                            "{\"channel\":\"\"}",
                            "channel: not a channel name",
                            "{\"channel\":\"c\"}",
                            "event: missing",
                            "{\"channel\":\"c\",\"event\":\"\"}",
                            "event: (expected: 1 to 200 characters)")
                    .forEach((body, reason) -> assertThat(wire.post("/demo/publish", JSON, body))
                            .as("body %s", body)
                            .contains("400 Bad Request", "{\"error\":\"" + reason));
            assertThat(published).isEmpty();
        }

        @Test
        void refusesWhatAPageOfAnotherOriginCouldSend() {
            String event = "{\"channel\":\"chat\",\"event\":\"e\"}";

            assertThat(wire.post("/demo/publish", "text/plain", event)).contains("415 Unsupported Media Type");
            assertThat(wire.ask("OPTIONS /demo/publish"))
                    .contains("404 Not Found")
                    .doesNotContain("access-control-allow");
            assertThat(published).isEmpty();
        }
    }
}
