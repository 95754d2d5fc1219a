package dev.echoserver.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.redis.KeptPublisher;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users lost days to, each broken for real: the fault is named, with the lines that mend it. What was printed is kept
 * in {@code target/doctor}.
 */
final class DoctorIT {
    private static final String PREFIX = "laravel_database_";

    @TempDir
    private Path folder;

    private FixedApplication application;
    private RedisProcess redis;

    @BeforeEach
    void startWhatIsGood() {
        redis = RedisProcess.start(folder);
        application = FixedApplication.answering(403);
    }

    @AfterEach
    void stop() {
        redis.close();
        application.close();
    }

    /** What the doctor said. */
    private record Said(int exitCode, String text) {
        Said names(String id) {
            assertThat(text).contains("[" + id + "]");
            return this;
        }

        Said cures(String line) {
            assertThat(text.lines().map(each -> each.strip().replaceFirst("^Cure: ", "")))
                    .contains(line);
            return this;
        }

        void fails() {
            assertThat(exitCode).isEqualTo(1);
        }
    }

    private String configuration(String redisMembers, String members) {
        return "{\"port\": " + Nginx.freePort() + ", " + members + "\"databaseConfig\": {\"redis\": {\"port\": "
                + redis.port() + redisMembers + "}}}";
    }

    private String good() {
        return configuration(", \"keyPrefix\": \"" + PREFIX + "\"", authHost(application.url()));
    }

    private static String authHost(String url) {
        return "\"authHost\": \"" + url + "\", ";
    }

    private InstalledProgram program(String json) {
        return InstalledProgram.in(folder).configured(json);
    }

    private Said examine(String name, String json) {
        return examine(name, program(json), "--seconds", "0");
    }

    private Said examine(String name, InstalledProgram program, String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "doctor";
        System.arraycopy(options, 0, command, 1, options.length);
        try (RunningProgram doctor = program.run(command)) {
            return said(name, doctor);
        }
    }

    private static Said said(String name, RunningProgram doctor) {
        Said said = new Said(doctor.exitCode(), doctor.output());
        try {
            Path kept = Files.createDirectories(Path.of("target", "doctor")).resolve(name + ".txt");
            Files.writeString(kept, said.text() + "\nexit code " + said.exitCode() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said;
    }

    /** While Laravel publishes on {@code channel}. */
    private Said examineWhile(String channel, String name, String json) {
        return examineWhile(channel, "{\"event\":\"A\",\"data\":{},\"socket\":null}", name, json);
    }

    private Said examineWhile(String channel, String payload, String name, String json) {
        try (KeptPublisher laravel = new KeptPublisher(RedisConfig.of("127.0.0.1", redis.port()));
                RunningProgram doctor = program(json).run("doctor", "--seconds", "2")) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        laravel.publish(channel, payload.getBytes(UTF_8));
                        return !doctor.isAlive();
                    });
            return said(name, doctor);
        }
    }

    @Test
    void findsNothingWhereAllIsWell() {
        Said said = examineWhile(PREFIX + "orders", "00-all-is-well", good());

        assertThat(said.exitCode()).isZero();
        assertThat(said.text())
                .contains("All is well", "\"" + PREFIX + "orders\"", "status 403")
                .doesNotContain("✘", "  ! ", "Not checked");
    }

    @Test
    void namesAWrongPasswordOfRedis() {
        redis.run("CONFIG", "SET", "requirepass", "right-secret");

        Said said = examine(
                "01-wrong-password", configuration(", \"password\": \"wrong-secret\"", authHost(application.url())));

        said.names("redis.auth")
                .cures("\"databaseConfig\": { \"redis\": { \"password\": \"…\" } }")
                .fails();
        assertThat(said.text()).doesNotContain("secret").contains("- Not checked: permissions");
    }

    @Test
    void namesEachPermissionThatAUserOfRedisMisses() {
        redis.run(
                "ACL",
                "SETUSER",
                "echo",
                "on",
                ">secret",
                "~*",
                "&*",
                "+publish",
                "+ping",
                "+time",
                "+exists",
                "+del",
                "+@string",
                "+@hash",
                "+@set",
                "+select",
                "+info");
        String json = configuration(", \"username\": \"echo\", \"password\": \"secret\"", authHost(application.url()));

        Said said = examine("02-acl-without-psubscribe", json);

        said.names("redis.acl")
                .cures("ACL SETUSER echo +psubscribe +publish +ping +select +eval +time +exists +del +@string +@hash"
                        + " +@set +@sortedset allkeys allchannels")
                .fails();
        assertThat(said.text())
                .contains("misses the permissions +psubscribe +@sortedset +eval")
                .doesNotContain("secret");
    }

    @Test
    void namesTheDatabaseThatLaravelUses() {
        redis.run("LPUSH", PREFIX + "queues:default", "job");
        redis.run("-n", "1", "SET", PREFIX + "laravel_cache_:x", "1");

        String json = configuration(", \"db\": 3, \"keyPrefix\": \"" + PREFIX + "\"", authHost(application.url()));

        Said said = examine("03-wrong-db", program(json), "--seconds", "0", "--set", "databaseConfig.membersKey=true");

        said.names("redis.db")
                .cures("\"databaseConfig\": { \"redis\": { \"db\": 0 } }")
                .fails();
    }

    @Test
    void namesADatabaseThatIsNotThere() {
        Said said = examine("03b-no-such-db", configuration(", \"db\": 99", authHost(application.url())));

        said.names("redis.db")
                .cures("\"databaseConfig\": { \"redis\": { \"db\": 0 } }")
                .fails();
    }

    @Test
    void namesThePrefixUnderWhichLaravelPublishes() {
        Said said = examineWhile("shop-database-private-orders", "04-prefix-mismatch", good());

        said.names("redis.prefix")
                .cures("\"databaseConfig\": { \"redis\": { \"keyPrefix\": \"shop-database-\" } }")
                .fails();
    }

    @Test
    void namesAnEventThatLaravelCouldNotEncode() {
        examineWhile(PREFIX + "private-orders", "", "04b-empty-message", good())
                .names("redis.empty")
                .fails();
    }

    @Test
    void namesARedisThatIsDown() {
        redis.close();

        examine("05-redis-down", good())
                .names("redis.unreachable")
                .cures("\"databaseConfig\": { \"redis\": { \"host\": \"127.0.0.1\", \"port\": 6379 } }")
                .fails();
    }

    @Test
    void namesAnApplicationWithoutTheRoute() {
        examineAnswer("06-auth-host-404", 404, Map.of())
                .names("auth.route")
                .cures("see which ones there are: php artisan route:list --path=broadcasting")
                .fails();
    }

    @Test
    void namesACsrfCheck() {
        examineAnswer("07-auth-host-419", 419, Map.of())
                .names("auth.csrf")
                .cures("$middleware->validateCsrfTokens(except: ['broadcasting/auth']);")
                .fails();
    }

    @Test
    void namesARedirectToHttps() {
        examineAnswer(
                        "08-auth-host-302",
                        302,
                        Map.of("Location", "https://app.example.com/broadcasting/auth?token=secret"))
                .names("auth.redirect")
                .cures("\"authHost\": \"https://app.example.com\"")
                .fails();
    }

    private Said examineAnswer(String name, int status, Map<String, String> headers) {
        return examineAnswer(name, status, headers, "");
    }

    private Said examineAnswer(String name, int status, Map<String, String> headers, String body) {
        try (FixedApplication wrong = FixedApplication.answering(status, headers, body)) {
            return examine(name, configuration("", authHost(wrong.url())));
        }
    }

    @Test
    void namesTheConnectionThatAFreshLaravelLacks() {
        examineAnswer(
                        "08b-no-connection",
                        500,
                        Map.of(),
                        "{\"message\":\"Broadcast connection [redis] is not defined.\"}")
                .names("auth.no-connection")
                .cures("'redis' => [")
                .fails();
    }

    @Test
    void namesALoginPageThatLooksLikeAYes() {
        examineAnswer("08c-login-page", 200, Map.of("Content-Type", "text/html"), "<!DOCTYPE html><form>")
                .names("auth.not-json")
                .fails();
    }

    @Test
    void namesASelfSignedCertificateOfTheApplication() {
        OpenSsl openssl = OpenSsl.in(folder);
        openssl.run(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout own.key -out own.pem -days 3"
                        + " -subj /CN=own -addext subjectAltName=IP:127.0.0.1");
        try (FixedApplication encrypted = FixedApplication.withCertificate(openssl, "own")) {
            Said said = examine("09-auth-host-self-signed", configuration("", authHost(encrypted.url())));

            said.names("auth.tls-self-signed")
                    .cures("\"authTls\": { \"ca\": \"/etc/echo-server/auth-host.pem\" }")
                    .fails();
            String trusting =
                    "\"authTls\": {\"ca\": \"" + openssl.file("own.pem") + "\"}, " + authHost(encrypted.url());
            assertThat(examine("09b-mended", configuration("", trusting)).exitCode())
                    .isZero();
        }
    }

    @Test
    void namesAnApplicationThatIsNotThere() {
        String nobody = "http://127.0.0.1:" + Nginx.freePort();

        examine("10-auth-host-refused", configuration("", authHost(nobody)))
                .names("auth.unreachable")
                .cures("\"authHost\": \"https://app.example.com\"")
                .fails();
    }

    @Test
    void namesTheLinesThatNginxMissesAndTheyMendIt() throws IOException {
        InstalledProgram program = program(good());
        try (RunningProgram server = program.startServer()) {
            int node = InstalledProgram.portOf(server);
            Said said = examineBehind(program, "11-nginx-without-upgrade", "proxy_pass http://127.0.0.1:" + node + ";");

            said.names("proxy.websocket")
                    .cures("proxy_set_header Upgrade $http_upgrade;")
                    .fails();
            assertThat(said.text())
                    .contains("Port " + node + " is served by this server", "✔ Long polling works, both ways")
                    .contains("- Not checked: the change from polling to WebSocket");

            String lines = linesOf(said, "proxy_");
            Said mended = examineBehind(program, "11b-mended", "proxy_pass http://127.0.0.1:" + node + ";\n" + lines);
            assertThat(mended.text()).contains("✔ A session can change from polling to WebSocket", "All is well");
            assertThat(mended.exitCode()).isZero();
        }
    }

    @Test
    void namesAProxyThatKeepsTheNameOfBrowsersToItself() throws IOException {
        InstalledProgram program = program(good());
        try (RunningProgram server = program.startServer()) {
            String pass = "proxy_pass http://127.0.0.1:" + InstalledProgram.portOf(server) + ";\n"
                    + "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;\n";
            Said said = examineLocalhostBehind(program, "11g-nginx-without-host", pass);
            said.names("proxy.host").cures("proxy_set_header Host $host;").fails();
            assertThat(said.text())
                    .contains("✔ WebSocket works", "ProxyPreserveHost On", "\"allowedOrigins\": [\"http");

            for (String header : List.of("Host", "X-Forwarded-Host")) {
                String line = "proxy_set_header " + header + " $host;";
                Said mended = examineLocalhostBehind(program, "11h-mended-by-" + header, pass + line);
                assertThat(mended.text()).contains("All is well", "for its own");
            }
        }
    }

    /** By a name that is not the one in {@code proxy_pass}. */
    private Said examineLocalhostBehind(InstalledProgram program, String name, String inLocation) throws IOException {
        int port = Nginx.freePort();
        Path own = Files.createTempDirectory(folder, "nginx");
        try (Nginx nginx = Nginx.start(own, port, site(port, "location /socket.io/ { " + inLocation + " }"))) {
            return examine(name, program, "--seconds", "0", "--url", "http://localhost:" + nginx.port());
        }
    }

    @Test
    void writesTheWholeLocationWhereThereIsNone() throws IOException {
        InstalledProgram program = program(good());
        try (RunningProgram server = program.startServer()) {
            int node = InstalledProgram.portOf(server);
            int port = Nginx.freePort();
            Said said = examineBehind(
                    program, port, "11c-nginx-without-location", site(port, "location / { return 404; }"));
            said.names("proxy.path").cures("location /socket.io/ {").fails();

            int other = Nginx.freePort();
            String block = said.text()
                    .substring(
                            said.text().indexOf("location /socket.io/ {"),
                            said.text().indexOf("}\n", said.text().indexOf("proxy_read_timeout")) + 1);
            assertThat(block).contains("proxy_pass http://127.0.0.1:" + node + ";");
            assertThat(examineBehind(program, other, "11d-mended", site(other, block))
                            .exitCode())
                    .isZero();
        }
    }

    private static String linesOf(Said said, String start) {
        return said.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .collect(Collectors.joining("\n"));
    }

    private Said examineBehind(InstalledProgram program, String name, String inLocation) throws IOException {
        int port = Nginx.freePort();
        return examineBehind(program, port, name, site(port, "location /socket.io/ { " + inLocation + " }"));
    }

    private static String site(int port, String blocks) {
        return "server { listen 127.0.0.1:" + port + ";\n" + blocks + "\n}\n";
    }

    private Said examineBehind(InstalledProgram program, int port, String name, String site) throws IOException {
        Path own = Files.createTempDirectory(folder, "nginx");
        try (Nginx nginx = Nginx.start(own, port, site)) {
            return examine(name, program, "--seconds", "0", "--url", "http://127.0.0.1:" + nginx.port());
        }
    }

    @Test
    void findsNothingBehindTheSampleOfNginxAndNamesItsCertificateIfItIsUnknown() {
        OpenSsl openssl = OpenSsl.in(folder).authority().issue("site");
        InstalledProgram program = program(good());
        try (RunningProgram server = program.startServer();
                Nginx nginx = Nginx.start(folder, openssl, "site", List.of(InstalledProgram.portOf(server)))) {
            String[] options = {"--seconds", "0", "--url", "https://localhost:" + nginx.port() + "/"};

            examine("11e-unknown-authority", program, options)
                    .names("proxy.tls-chain")
                    .fails();
            Said said =
                    examine("11f-sample-of-nginx", program.with("ECHO_SERVER_JAVA_OPTS", trusting(openssl)), options);
            assertThat(said.exitCode()).isZero();
            assertThat(said.text()).contains("✔ WebSocket works", "[proxy.tls-expiring]", "No faults, 1 warning.");
        }
    }

    private static String trusting(OpenSsl openssl) {
        Path store = openssl.file("trust.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        try (RunningProgram made = RunningProgram.start(
                openssl.file(""),
                Map.of(),
                keytool,
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                "ca.pem",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")) {
            assertThat(made.exitCode()).as(made.output()).isZero();
        }
        return "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=changeit";
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String json = good().replaceFirst("\"port\": \\d+", "\"port\": " + other.getLocalPort());

            examine("12-port-taken", json)
                    .names("port.taken")
                    .cures("stop that program: kill " + ProcessHandle.current().pid())
                    .cures("or listen elsewhere: \"port\": " + (other.getLocalPort() + 1))
                    .fails();
        }
    }

    @Test
    void namesALimitOnOpenFiles() {
        Requirement.program("prlimit");
        InstalledProgram limited = program(good()).by(List.of("prlimit", "--nofile=1024:1024"));

        examine("13-nofile-1024", limited, "--seconds", "0")
                .names("nofile")
                .cures("LimitNOFILE=65536")
                .cures("in a shell, before the start: ulimit -n 65536")
                .fails();
    }

    @Test
    void printsJsonForScripts() throws IOException {
        Said said = examine("json", program(good()), "--json", "--seconds", "0");

        JsonNode findings = new ObjectMapper().readTree(said.text());
        assertThat(said.exitCode()).isZero();
        assertThat(findings.findValuesAsText("id"))
                .contains("config", "java", "nofile", "port", "redis.connect", "redis.acl", "redis.pubsub", "auth");
        assertThat(findings.findValuesAsText("level")).containsOnly("ok");
    }
}
