package dev.echoserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets from the packaged program, and what is made for Prometheus and Grafana. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path RULES = Path.of("prometheus", "echo-server.rules.yml");
    private static final Path DASHBOARD = Path.of("grafana", "echo-server.json");
    private static final Pattern SERIES = Pattern.compile("\\b(echo_server|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern FLOAT = Pattern.compile(".* (-?[0-9.E]+|NaN)$");

    @TempDir
    private static Path folder;

    private LocalRedis redis;
    private Laravel laravel;
    private StubApplication application;
    private RunningProgram server;
    private int management;

    @BeforeAll
    void startEverything() {
        redis = RedisFixture.local();
        laravel = Laravel.on(redis.settings());
        application = StubApplication.start();
        OpenSsl openssl = OpenSsl.in(folder).authority().issue("server");
        server = InstalledProgram.in(folder)
                .with("ECHO_SERVER_MANAGEMENT", "")
                .configured("{\"port\":0,\"https\":{\"port\":0},\"drainSeconds\":0,\"management\":{\"port\":0},"
                        + openssl.settings("server") + ",\"authHost\":\"" + application.url()
                        + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
        management = Integer.parseInt(server.awaitRestOf("Management port: http://127.0.0.1:"));
    }

    @AfterAll
    void stopEverything() {
        server.close();
        application.close();
        laravel.close();
        redis.close();
    }

    private String scrape() throws IOException {
        try (RawConnection connection = RawConnection.to(management)) {
            return connection
                    .write(RawConnection.request("GET", "/metrics"))
                    .reply()
                    .text();
        }
    }

    /** Names with their labels, each with its number. */
    private Map<String, Double> numbers() throws IOException {
        Map<String, Double> numbers = new TreeMap<>();
        scrape().lines().filter(line -> FLOAT.matcher(line).matches()).forEach(line -> {
            int end = line.lastIndexOf(' ');
            numbers.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
        });
        return numbers;
    }

    private void await(Map<String, Double> expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(numbers()).containsAllEntriesOf(expected));
    }

    private void publish(String channel, String payload) {
        laravel.publish(channel, payload.getBytes(UTF_8));
        laravel.flush();
    }

    @Test
    void countWhatHappens() {
        try (RawClient alice = RawClient.connect(InstalledProgram.portOf(server), 4);
                RawClient bob = RawClient.connect(InstalledProgram.portOf(server), 3)) {
            alice.subscribe("news");
            alice.subscribeAs("alice", "presence-chat");
            alice.await(packet -> packet.contains("presence:subscribed"));
            bob.subscribeAs(StubApplication.NOBODY, "private-a");
            bob.await(packet -> packet.contains("subscription_error"));
            publish("news", "{\"event\":\"hello\",\"data\":1,\"socket\":null}");
            publish("news", "{\"data\":1}");
            publish("news", "not for us");
            alice.await(packet -> packet.startsWith("42[\"hello\""));

            await(Map.ofEntries(
                    Map.entry("echo_server_ready", 1.0),
                    Map.entry("echo_server_connections{protocol=\"3\",transport=\"websocket\"}", 1.0),
                    Map.entry("echo_server_connections{protocol=\"4\",transport=\"websocket\"}", 1.0),
                    Map.entry("echo_server_connections{protocol=\"4\",transport=\"polling\"}", 0.0),
                    Map.entry("echo_server_subscriptions{kind=\"public\"}", 1.0),
                    Map.entry("echo_server_subscriptions{kind=\"presence\"}", 1.0),
                    Map.entry("echo_server_channels", 2.0),
                    Map.entry("echo_server_broadcasts_total{origin=\"redis\"}", 1.0),
                    Map.entry("echo_server_deliveries_total", 1.0),
                    Map.entry("echo_server_delivery_seconds_count", 1.0),
                    Map.entry("echo_server_dropped_broadcasts_total{reason=\"no_event\"}", 1.0),
                    Map.entry("echo_server_dropped_broadcasts_total{reason=\"not_json\"}", 1.0),
                    Map.entry("echo_server_authorization_seconds_count{outcome=\"granted\"}", 1.0),
                    Map.entry("echo_server_authorization_seconds_count{outcome=\"forbidden\"}", 1.0),
                    Map.entry("echo_server_authorizations_open", 0.0)));
        }
        await(Map.of(
                "echo_server_connections{protocol=\"4\",transport=\"websocket\"}", 0.0,
                "echo_server_subscriptions{kind=\"public\"}", 0.0));
    }

    @Test
    void tellThatRedisIsGoneAndBack() {
        redis.kill();
        await(Map.of("echo_server_redis_listening", 0.0, "echo_server_redis_commands_connected", 0.0));
        redis.restart();
        await(Map.of(
                "echo_server_redis_listening", 1.0,
                "echo_server_redis_commands_connected", 1.0,
                "echo_server_redis_reconnects_total{connection=\"subscription\"}", 1.0,
                "echo_server_redis_reconnects_total{connection=\"commands\"}", 1.0));
    }

    @Test
    void satisfyPrometheus() throws IOException {
        Path scraped = folder.resolve("scraped.txt");
        Files.writeString(scraped, scrape());

        assertThat(promtool("check metrics < " + scraped)).isEmpty();
        assertThat(promtool("check rules " + RULES)).contains("SUCCESS");
        assertThat(promtool("test rules src/test/resources/prometheus/echo-server.rules.test.yml"))
                .contains("SUCCESS");
    }

    /** What it prints, if it finds no fault. */
    private static String promtool(String arguments) {
        Requirement.program("promtool");
        try (RunningProgram program =
                RunningProgram.start(Path.of("."), Map.of(), "sh", "-c", "promtool " + arguments)) {
            assertThat(program.exitCode()).as(program.output()).isZero();
            return program.output();
        }
    }

    @Test
    void haveEverythingThatDashboardAndAlertsLookAt() throws IOException {
        Set<String> names = new TreeSet<>();
        numbers().keySet().forEach(series -> names.add(series.replaceFirst("\\{.*", "")));

        assertThat(names).containsAll(namesIn(DASHBOARD)).containsAll(namesIn(RULES));
    }

    private static Set<String> namesIn(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        SERIES.matcher(Files.readString(file)).results().map(MatchResult::group).forEach(names::add);
        assertThat(names).hasSizeGreaterThan(10);
        return names;
    }
}
