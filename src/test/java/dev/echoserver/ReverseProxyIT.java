package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Apache;
import dev.echoserver.testing.Caddy;
import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.Fleet;
import dev.echoserver.testing.Fleet.Published;
import dev.echoserver.testing.HaProxy;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NginxProgram;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.ProxyProgram;
import dev.echoserver.testing.ProxyProgram.Site;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.ReverseProxy;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged program behind each reverse proxy that this project has a sample for, with that sample. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReverseProxyIT {
    private static final int CLIENTS = 18;
    private static final int MESSAGES = 30;
    private static final List<String> CHANNELS = List.of("news", "orders", "posts");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CHROMIUM = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");

    @TempDir
    private static Path folder;

    private OpenSsl openssl;
    private Cluster cluster;
    private List<RunningProgram> nodes = List.of();

    static Stream<ProxyProgram> proxies() {
        return Stream.of(new NginxProgram(), new HaProxy(), new Apache(), new Caddy());
    }

    @BeforeAll
    void start() {
        openssl = OpenSsl.in(folder).authority().issue("site");
        cluster = Cluster.in(folder, Duration.ZERO);
        nodes = Stream.of("first", "second").map(cluster::node).toList();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private ReverseProxy before(ProxyProgram kind, List<Integer> ports) {
        return ReverseProxy.start(kind, folder, site(ports));
    }

    private Site site(List<Integer> ports) {
        return new Site(openssl, "site", ReverseProxy.freePort(), ports);
    }

    private List<Integer> ports(ProxyProgram kind) {
        return nodes.stream().limit(kind.nodes()).map(InstalledProgram::portOf).toList();
    }

    /** Over polling, WebSocket, and from one to the other; from so many addresses that each node gets some. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void carriesEveryTransportOfEveryGeneration(ProxyProgram kind) {
        try (ReverseProxy proxy = before(kind, ports(kind));
                Fleet fleet = Fleet.connectEncrypted(
                        proxy.port(), openssl.file("ca.pem"), CLIENTS, CHANNELS, List.of("numbered"))) {
            fleet.awaitSubscribed(() -> CHANNELS.forEach(channel -> cluster.publish(channel, "fleet.probe", "null")));
            fleet.expect(published());
            CHANNELS.forEach(channel -> cluster.publish(channel, "fleet.end", "null"));

            Fleet.Result result = fleet.result();
            assertThat(result.exitCode())
                    .as(() -> String.join("\n", result.output()) + proxy.output())
                    .isZero();
            assertThat(result.summary().path("deliveries").asLong()).isEqualTo((long) CLIENTS * MESSAGES * 2 / 3);
        }
    }

    private List<Published> published() {
        return IntStream.range(0, MESSAGES)
                .mapToObj(number -> CHANNELS.get(number % CHANNELS.size()))
                .map(channel -> {
                    cluster.publish(channel, "numbered", "null");
                    return new Published(channel, "numbered", "1", Optional.empty());
                })
                .toList();
    }

    /** The browser's address and scheme reach Laravel, and those who are in a room see each other. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void tellsLaravelWhoTheBrowserIs(ProxyProgram kind) {
        try (ReverseProxy proxy = before(kind, ports(kind));
                RawClient browser = RawClient.connectEncrypted(proxy.port(), openssl.trust(), Map.of());
                RawClient direct = Cluster.on(nodes.get(1))) {
            String room = "presence-" + kind;
            direct.subscribeAs("direct", room);
            direct.await(packet -> packet.startsWith("42[\"presence:subscribed\""));
            browser.subscribeAs("browser", room);
            browser.await(packet -> packet.startsWith("42[\"presence:subscribed\"") && packet.contains("\"direct\""));
            direct.await(packet -> packet.startsWith("42[\"presence:joining\"") && packet.contains("\"browser\""));

            Question question = cluster.application().questions().stream()
                    .filter(asked -> asked.channel().equals(room)
                            && asked.header("x-user").equals(Optional.of("browser")))
                    .findFirst()
                    .orElseThrow();
            assertThat(question.header("x-forwarded-for"))
                    .hasValueSatisfying(text -> assertThat(text).startsWith("127.0.0.1"));
            assertThat(question.header("x-forwarded-proto")).contains("https");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void carriesOnAfterItsReloadAndAfterARestartOfTheServer(ProxyProgram kind) {
        RunningProgram server = cluster.node(kind + "-restarted");
        int port = InstalledProgram.portOf(server);
        try (ReverseProxy proxy = before(kind, List.of(port));
                NodeProcess clients = NodeProcess.start(
                        "returning.mjs",
                        "--url",
                        "https://127.0.0.1:" + proxy.port(),
                        "--ca",
                        openssl.file("ca.pem").toString())) {
            awaitAll(clients, "first");
            proxy.reload();
            awaitAll(clients, "reloaded");
            if (!(kind instanceof Caddy)) { // It closes what it reloads under, and says so in its sample.
                assertThat(clients.lines()).noneMatch(line -> line.startsWith("lost"));
            }
            server.kill();
            try (RunningProgram again = InstalledProgram.in(folder.resolve(kind + "-restarted"))
                    .run("start", "--port", Integer.toString(port))) {
                again.awaitLine("Server ready!");
                awaitAll(clients, "restarted");
            }
        }
    }

    private void awaitAll(NodeProcess clients, String event) {
        List<String> missing = new ArrayList<>();
        Awaitility.await(event).atMost(PATIENCE).until(() -> {
            cluster.publish("news", event, "null");
            missing.clear();
            missing.addAll(clients.lines());
            return missing.contains("all " + event);
        });
    }

    /** Polls go over HTTP/2; the browser chooses how a WebSocket goes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void speaksHttp2WithChromium(ProxyProgram kind) {
        visit(kind, "listen (\\d+) ssl;", "listen $1 ssl http2;"); // As the sample of nginx says; the others have it.
    }

    /** Which its sample advises against. */
    @Test
    void getsTheFirstPacketThroughApacheWithWebSocketsOverHttp2() {
        visit(new Apache(), "Protocols h2 http/1.1", "$0\nH2WebSockets on");
    }

    private void visit(ProxyProgram kind, String line, String instead) {
        Requirement.program(CHROMIUM);
        Site site = site(ports(kind));
        String configuration = kind.sample(site).replaceFirst(line, instead);
        try (ReverseProxy proxy = ReverseProxy.start(kind, folder, site.port(), configuration);
                NodeProcess page = NodeProcess.start("front.mjs", "--url", "https://127.0.0.1:" + proxy.port())) {
            assertThat(page.awaitExit(Duration.ofSeconds(60)))
                    .as(() -> String.join("\n", page.lines()) + proxy.output())
                    .isZero();
            assertThat(page.lines())
                    .containsExactly(
                            "polling {\"transport\":\"polling\",\"protocols\":[\"h2\"]}",
                            "websocket {\"transport\":\"websocket\",\"protocols\":[]}",
                            "default {\"transport\":\"websocket\",\"protocols\":[\"h2\"]}");
        }
    }
}
