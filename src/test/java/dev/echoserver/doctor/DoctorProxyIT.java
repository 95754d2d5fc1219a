package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.ProxyLines.Place;
import dev.echoserver.doctor.Visitor.Reply;
import dev.echoserver.testing.Apache;
import dev.echoserver.testing.Caddy;
import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.HaProxy;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Lighttpd;
import dev.echoserver.testing.NginxProgram;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.ProxyProgram;
import dev.echoserver.testing.ProxyProgram.Site;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.ReverseProxy;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.Varnish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real proxies do wrong is named, with the lines of that proxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoctorProxyIT {
    private static final String PORT = "@port";
    private static final String NODE = "@node";
    private static final String LIMITS =
            "defaults\nmode http\ntimeout connect 5s\ntimeout client 9s\ntimeout server 9s\n";

    private static final String HAPROXY_PAGE = "<html><body><h1>503 Service Unavailable</h1>\n";

    @TempDir
    private static Path folder;

    private Cluster cluster;
    private RunningProgram server;

    @BeforeAll
    void start() {
        cluster = Cluster.in(folder, Duration.ZERO);
        server = cluster.node("node");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /**
     * A configuration with a mistake in it.
     *
     * @param id of the fault
     * @param cure one of the lines that mend it
     */
    record Mistake(ProxyProgram kind, int port, String configuration, String id, String cure) {
        static Mistake of(ProxyProgram kind, String configuration, String id, String cure) {
            return new Mistake(kind, ReverseProxy.freePort(), configuration, id, cure);
        }

        static Mistake ofVarnish(String id, String cure, String inReceive, String... parameters) {
            int port = ReverseProxy.freePort();
            String vcl = "vcl 4.1; backend b { .host = \"127.0.0.1\"; .port = \"" + NODE + "\"; }\nsub vcl_recv {"
                    + inReceive
                    + "}\nsub vcl_pipe { set bereq.http.Upgrade = req.http.Upgrade; set bereq.http.Connection ="
                    + " req.http.Connection; }\n";
            return new Mistake(new Varnish(port, parameters), port, vcl, id, cure);
        }

        @Override
        public String toString() {
            return kind + " " + id;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                nginx("", "proxy.websocket", "proxy_set_header Upgrade $http_upgrade;"),
                apache("", "proxy.websocket", apachePass()),
                lighttpd("", "proxy.websocket", "proxy.header = ( \"upgrade\" => \"enable\" )"),
                Mistake.ofVarnish("proxy.websocket", "sub vcl_pipe {", "return (pass);"),
                Mistake.of(
                        new Caddy(), "http://:" + PORT + " {\nrespond 404\n}\n", "proxy.path", "handle /socket.io/* {"),
                haProxy("timeout tunnel 9s", "0", "proxy.upstream", "server node1 127.0.0.1:" + NODE + " check"));
    }

    static Stream<Mistake> impatience() {
        return Stream.of(
                nginx(
                        "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"
                                + " proxy_read_timeout 1s;",
                        QuietCheck.ID,
                        "proxy_read_timeout 90s;"),
                apache("upgrade=websocket timeout=1\nTimeout 1", QuietCheck.ID, apachePass()),
                lighttpd(
                        "proxy.header = ( \"upgrade\" => \"enable\" )\nserver.max-read-idle = 1\n",
                        QuietCheck.ID,
                        "server.max-read-idle = 90"),
                Mistake.ofVarnish(
                        QuietCheck.ID,
                        "-p pipe_timeout=90",
                        "if (req.http.Upgrade ~ \"websocket\") { return (pipe); } return (pass);",
                        "-p",
                        "pipe_timeout=1"),
                Mistake.of(
                        new Caddy(),
                        "http://:" + PORT + " {\nreverse_proxy 127.0.0.1:" + NODE
                                + " {\ntransport http {\nread_timeout 1s\n}\n}\n}\n",
                        QuietCheck.ID,
                        "read_timeout 90s"),
                haProxy("timeout tunnel 1s", NODE, QuietCheck.ID, "timeout tunnel 1h"));
    }

    private static Mistake nginx(String inLocation, String id, String cure) {
        return Mistake.of(
                new NginxProgram(),
                "server { listen 127.0.0.1:" + PORT + ";\nlocation /socket.io/ { proxy_pass http://127.0.0.1:" + NODE
                        + ";\n" + inLocation + "\n}\n}\n",
                id,
                cure);
    }

    private static Mistake apache(String options, String id, String cure) {
        return Mistake.of(
                new Apache(),
                "Listen 127.0.0.1:" + PORT + "\nProxyPass /socket.io/ http://127.0.0.1:" + NODE + "/socket.io/ "
                        + options + "\n",
                id,
                cure);
    }

    private static String apachePass() {
        return "ProxyPass /socket.io/ http://127.0.0.1:" + NODE + "/socket.io/ upgrade=websocket retry=0 timeout=90";
    }

    private static Mistake lighttpd(String lines, String id, String cure) {
        return Mistake.of(
                new Lighttpd(),
                "server.port = " + PORT
                        + "\nserver.modules += ( \"mod_proxy\" )\nproxy.server = ( \"\" => (( \"host\" =>"
                        + " \"127.0.0.1\", \"port\" => " + NODE + " )) )\n" + lines,
                id,
                cure);
    }

    private static Mistake haProxy(String limit, String node, String id, String cure) {
        String backend = node.equals("0") ? "" : "server one 127.0.0.1:" + node + "\n";
        return Mistake.of(
                new HaProxy(), LIMITS + limit + "\nlisten web\nbind 127.0.0.1:" + PORT + "\n" + backend, id, cure);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"mistakes", "impatience"})
    void namesTheLinesOfTheProxyThatAnswers(Mistake mistake) {
        String node = Integer.toString(InstalledProgram.portOf(server));
        String configuration = mistake.configuration()
                .replace(PORT, Integer.toString(mistake.port()))
                .replace(NODE, node);
        try (ReverseProxy proxy = ReverseProxy.start(mistake.kind(), folder, mistake.port(), configuration)) {
            List<Finding> findings = look(proxy.port(), Duration.ofSeconds(6));

            assertThat(findings).filteredOn(Finding::isFault).singleElement().satisfies(fault -> {
                assertThat(fault.id()).isEqualTo(mistake.id());
                assertThat(fault.cure())
                        .map(String::strip)
                        .contains(mistake.cure().replace(NODE, node));
                assertThat(fault.what() + fault.cure()).contains(mistake.kind().toString());
            });
        }
    }

    /** What stands around the lines that are to be tried. */
    static Stream<Arguments> surroundings() {
        int ofVarnish = ReverseProxy.freePort();
        return Stream.of(
                arguments(new NginxProgram(), ReverseProxy.freePort(), "server { listen 127.0.0.1:@port;\n@lines }\n"),
                arguments(new Apache(), ReverseProxy.freePort(), "Listen 127.0.0.1:@port\n@lines"),
                arguments(new Caddy(), ReverseProxy.freePort(), "http://:@port {\n@lines}\n"),
                arguments(new Lighttpd(), ReverseProxy.freePort(), "server.port = @port\n@lines"),
                arguments(new Varnish(ofVarnish), ofVarnish, "vcl 4.1;\n@lines"),
                arguments(
                        new HaProxy(), ReverseProxy.freePort(), LIMITS + "frontend web\nbind 127.0.0.1:@port\n@lines"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void writesTheWholeWayToTheServerForEachProxy(ProxyProgram kind, int port, String around) {
        Reply reply = new Reply(404, HttpHeaders.of(headersOf(kind), (name, text) -> true), HAPROXY_PAGE);
        String[] way = ProxyLines.of(reply, new Place("/socket.io", InstalledProgram.portOf(server)))
                .way();
        String lines = Stream.of(way).skip(1).map(line -> line + "\n").collect(Collectors.joining());
        try (ReverseProxy proxy = ReverseProxy.start(
                kind, folder, port, around.replace(PORT, Integer.toString(port)).replace("@lines", lines))) {
            assertThat(look(proxy.port(), Duration.ofMillis(500)))
                    .allMatch(finding -> finding.level() == Finding.Level.OK)
                    .extracting(Finding::id)
                    .contains("proxy.upgrade", "proxy.quiet");
        }
    }

    private static Map<String, List<String>> headersOf(ProxyProgram kind) {
        return Map.of(
                kind instanceof Varnish ? "X-Varnish" : "Server", List.of(kind instanceof HaProxy ? "" : kind + "/1"));
    }

    /** Those that have no TLS, so that the samples of the others are tried elsewhere. */
    @Test
    void findsNothingBehindTheSamplesOfLighttpdAndVarnish() {
        int port = ReverseProxy.freePort();
        for (ProxyProgram kind : List.of(new Lighttpd(), new Varnish(port, "-p", "pipe_timeout=90"))) {
            Site site = new Site(OpenSsl.in(folder), "none", port, List.of(InstalledProgram.portOf(server)));
            try (ReverseProxy proxy = ReverseProxy.start(kind, folder, site)) {
                assertThat(look(proxy.port(), Duration.ofSeconds(1)))
                        .as(kind.toString())
                        .allMatch(finding -> finding.level() == Finding.Level.OK)
                        .extracting(Finding::id)
                        .contains("proxy.upgrade", "proxy.quiet");
            }
        }
    }

    @Test
    void waitsForThePingOfTheServer() throws IOException {
        Path own = Files.createDirectory(folder.resolve("lively"));
        Files.copy(folder.resolve("node/echo-server.json"), own.resolve("echo-server.json"));
        try (RunningProgram lively = InstalledProgram.in(own).run("start", "--set", "socketio.pingInterval=1000")) {
            assertThat(look(InstalledProgram.portOf(lively), Duration.ofSeconds(9)))
                    .extracting(Finding::what)
                    .anyMatch(
                            text -> text.matches("A quiet WebSocket lives for [12]\\.\\d s, until the server's ping"));
        }
    }

    @Test
    void leavesNobodyConnected() throws IOException {
        Path own = Files.createDirectory(folder.resolve("counting"));
        Files.copy(folder.resolve("node/echo-server.json"), own.resolve("echo-server.json"));
        InstalledProgram program =
                InstalledProgram.in(own).with("ECHO_SERVER_CLIENTS", "[{\"appId\":\"a\",\"key\":\"k\"}]");
        try (RunningProgram counting = program.run("start")) {
            int port = InstalledProgram.portOf(counting);
            assertThat(look(port, Duration.ZERO)).extracting(Finding::id).contains("proxy.version-2", "proxy.upgrade");

            String question = RawConnection.request("GET", "/apps/a/status?auth_key=k");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    PollingClient.exchange(port, question).text())
                            .contains("\"subscription_count\":0"));
        }
    }

    private List<Finding> look(int port, Duration quiet) {
        Findings findings = new Findings();
        ServerConfig config = ServerConfig.of("{\"port\":" + InstalledProgram.portOf(server) + "}");
        URI url = URI.create("http://127.0.0.1:" + port + "/socket.io");
        new Examination(findings).run(List.of(new ProxyChecks(url, config, Clock.systemUTC(), quiet).section()));
        return findings.all;
    }

    private static final class Findings implements Examination.Report {
        private final List<Finding> all = new ArrayList<>();

        @Override
        public void section(String title) {}

        @Override
        public void announce(String text) {}

        @Override
        public void found(Finding finding) {
            all.add(finding);
        }
    }
}
