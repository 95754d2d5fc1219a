package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people run into with a proxy and with Laravel, and what the packaged program makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EverydayTroubleIT {
    private static final String PAGE = "https://app.example.com";

    @TempDir
    private static Path folder;

    private Cluster cluster;
    private RunningProgram server;

    @BeforeAll
    void start() {
        cluster = Cluster.in(folder, Duration.ZERO);
        server = cluster.node("server");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** Joins {@code channel} as a browser with cookies, through a proxy that keeps the Host to itself. */
    private Question questionAbout(String channel, Map<String, String> ofTheProxy) {
        Map<String, String> headers = new HashMap<>(ofTheProxy);
        headers.put("Origin", PAGE);
        headers.put("Cookie", "laravel_session=s3cret");
        try (RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4, headers)) {
            client.subscribe(channel, "{\"X-User\":\"alice\"}");
            return Awaitility.await()
                    .until(
                            () -> cluster.application().questions().stream()
                                    .filter(question -> question.channel().equals(channel))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    @Test
    void cookiesThatAreNotUsedAreTalkedOfOnceAMinute() {
        Question first = questionAbout("private-withheld.1", Map.of());
        questionAbout("private-withheld.2", Map.of());

        assertThat(first.header("cookie")).isEmpty();
        server.awaitRestOf("cookies of " + PAGE + " were not used: the proxy says Host 127.0.0.1:"
                + InstalledProgram.portOf(server));
        assertThat(server.countLines("were not used")).isOne();
        assertThat(server.output()).doesNotContain("s3cret");
    }

    @Test
    void theHostThatATrustedProxyNamesIsTheServersOwn() {
        Question question = questionAbout("private-named", Map.of("X-Forwarded-Host", "app.example.com"));

        assertThat(question.header("cookie")).contains("laravel_session=s3cret");
        assertThat(question.header("x-forwarded-host")).contains("app.example.com");
    }

    @Test
    void anEventThatLaravelCouldNotEncodeIsTalkedOf() {
        for (String channel : List.of("private-first", "private-second")) {
            cluster.publishAnything(channel, "");
        }

        String said = server.awaitRestOf("Broadcast dropped: reason=EMPTY ");
        assertThat(said).contains("not UTF-8", "NAN", "channel=private-first", "cure=look at the event");
        assertThat(server.countLines("reason=EMPTY")).isOne();
    }
}
