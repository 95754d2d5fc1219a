package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams of the management port. */
final class LiveViewIT {
    private static final String HELLO = "{\"event\":\"hello\",\"data\":1,\"socket\":null}";
    private static final String PAYLOAD = "{\"event\":\"order.paid\",\"data\":[1],\"socket\":null}";

    @TempDir
    private Path folder;

    private LocalRedis redis;
    private Laravel laravel;

    @BeforeEach
    void start() {
        redis = RedisFixture.local();
        laravel = Laravel.on(redis.settings());
    }

    @AfterEach
    void stop() {
        laravel.close();
        redis.close();
    }

    private RunningProgram server(String keyPrefix) {
        return InstalledProgram.in(folder)
                .with("ECHO_SERVER_MANAGEMENT", "{\"port\":0}")
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + ",\"keyPrefix\":\"" + keyPrefix + "\"}}}")
                .startServer();
    }

    /** The lines of {@code path}, without those that are only a sign of life. */
    private static Iterator<String> open(RunningProgram server, String path) throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + server.awaitRestOf("Management port: http://127.0.0.1:") + path;
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson; charset=utf-8");
        return response.body()
                .filter(line -> !line.isEmpty() && !line.contains("hello"))
                .iterator();
    }

    /** One that has got an event on the channel {@code orders} already. */
    private RawClient subscriber(RunningProgram server, String keyPrefix) {
        RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4);
        client.subscribe("orders");
        await().until(() -> {
            laravel.publish(LaravelVersion.V13, keyPrefix, "orders", HELLO);
            return client.has(packet -> packet.startsWith("42[\"hello\""));
        });
        return client;
    }

    @Test
    void showAnEventWithItsWay() throws Exception {
        try (RunningProgram server = server("app_");
                RawClient client = subscriber(server, "app_")) {
            Iterator<String> lines = open(server, "/trace?channel=orders");
            laravel.publish(LaravelVersion.V13, "app_", "news", PAYLOAD);
            laravel.publish(LaravelVersion.V13, "app_", "orders", PAYLOAD);

            assertThat(lines.next())
                    .contains("\"origin\":\"redis\",\"received\":\"app_orders\",\"channel\":\"orders\"")
                    .contains("\"event\":\"order.paid\",\"bytes\":3,\"sockets\":1")
                    .contains("listen with a leading dot: .listen('.order.paid', …)");
            client.await(packet -> packet.startsWith("42[\"order.paid\""));
        }
    }

    @Test
    void showAnEventThatCameUnderAnotherPrefix() throws Exception {
        try (RunningProgram server = server("app_");
                RawClient client = subscriber(server, "app_")) {
            await().until(() -> {
                laravel.publish(LaravelVersion.V13, "app_", "orders", HELLO);
                return laravel.subscribedPatterns() == 1; // The server knows by it that its prefix is in use.
            });
            Iterator<String> lines = open(server, "/trace?channel=orders");
            await().until(() -> laravel.subscribedPatterns() == 2);
            laravel.publish(LaravelVersion.V13, "laravel-database-", "orders", PAYLOAD);

            assertThat(lines.next())
                    .contains("\"received\":\"laravel-database-orders\"", "\"sockets\":0")
                    .contains("set \\\"keyPrefix\\\": \\\"laravel-database-\\\"");
            assertThat(client.events()).noneMatch(event -> event.contains("order.paid"));
        }
    }

    @Test
    void showTheServerEachSecond() throws Exception {
        try (RunningProgram server = server("");
                RawClient client = subscriber(server, "")) {
            Iterator<String> lines = open(server, "/top");
            assertThat(lines.next()).contains("\"channels\":1", "\"redis\":{\"listening\":true");
            laravel.publish(LaravelVersion.V13, "", "orders", PAYLOAD);

            assertThat(lines.next() + lines.next())
                    .contains("\"busiest\":[{\"channel\":\"orders\",\"perSecond\":")
                    .contains("\"sockets\":1}]");
            client.await(packet -> packet.startsWith("42[\"order.paid\""));
        }
    }
}
