package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trace} and {@code top} of the packaged program, beside a server of it. */
final class WatchIT {
    private static final String PAYLOAD = "{\"event\":\"App\\\\Events\\\\Paid\",\"data\":{\"id\":1},\"socket\":null}";

    @TempDir
    private Path folder;

    private LocalRedis redis;
    private Laravel laravel;
    private RunningProgram server;

    @BeforeEach
    void start() {
        redis = RedisFixture.local();
        laravel = Laravel.on(redis.settings());
        server = program()
                .with("ECHO_SERVER_MANAGEMENT", "{\"port\":0}")
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"app_\",\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
    }

    @AfterEach
    void stop() {
        server.close();
        laravel.close();
        redis.close();
    }

    private InstalledProgram program() {
        return InstalledProgram.in(folder);
    }

    private String management() {
        return "http://127.0.0.1:" + server.awaitRestOf("Management port: http://127.0.0.1:");
    }

    private void publish(String keyPrefix) {
        laravel.publish(LaravelVersion.V13, keyPrefix, "orders", PAYLOAD);
    }

    private RawClient subscriber() {
        RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4);
        client.subscribe("orders");
        Awaitility.await().until(() -> {
            publish("app_");
            return client.has(packet -> packet.startsWith("42"));
        });
        return client;
    }

    @Test
    void traceShowsWhatReachedABrowserAndWhatCameUnderAnotherPrefix() {
        try (RawClient client = subscriber();
                RunningProgram trace =
                        program().run("trace", "--management", management(), "--channel", "orders", "--count", "2")) {
            trace.awaitRestOf("Waiting for events on orders");
            Awaitility.await().until(() -> laravel.subscribedPatterns() == 2); // It listens beyond the prefix.
            publish("laravel-database-");
            publish("app_");

            assertThat(trace.exitCode()).isZero();
            assertThat(trace.output())
                    .containsPattern("redis {4}app_orders → orders {2}App\\\\Events\\\\Paid {2}8 B {2}1 socket {2}")
                    .contains("laravel-database-orders  App\\Events\\Paid  8 B  reached nobody")
                    .contains("! 1 socket is on \"orders\"", "\"keyPrefix\": \"laravel-database-\"");
            assertThat(client.events()).isNotEmpty();
        }
    }

    @Test
    void traceEndsQuietlyWhenItsReaderDoes() {
        String command = "\"$0\" trace --json --management " + management() + " | head -n 1";
        try (RunningProgram trace = program().shell(command)) {
            Awaitility.await().until(() -> {
                publish("app_");
                return !trace.isAlive();
            });
            assertThat(trace.output().lines()).singleElement().asString().contains("\"channel\":\"orders\"");
        }
    }

    @Test
    void topShowsTheServerAsPlainTextWhenPiped() {
        try (RawClient client = subscriber();
                RunningProgram top = program().run("top", "--once", "--management", management())) {
            assertThat(top.exitCode()).isZero();
            assertThat(top.output())
                    .contains("listening at 127.0.0.1:" + redis.settings().port())
                    .contains("Browsers       1  (")
                    .contains("on 1 channel")
                    .doesNotContain("\u001b");
            assertThat(client.events()).isNotEmpty();
        }
    }
}
