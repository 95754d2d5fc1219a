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
        return "{\"port\": " + Nginx.freePort() + ", \"host\": \"127.0.0.1\", " + members
                + "\"databaseConfig\": {\"redis\": {\"port\": " + redis.port() + redisMembers + "}}}";
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
        try (KeptPublisher laravel = new KeptPublisher(RedisConfig.of("127.0.0.1", redis.port()));
                RunningProgram doctor = program(json).run("doctor", "--seconds", "2")) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        laravel.publish(channel, "{\"event\":\"A\",\"data\":{},\"socket\":null}".getBytes(UTF_8));
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
                .contains("misses the permissions +psubscribe +zadd +eval")
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
        try (FixedApplication wrong = FixedApplication.answering(status, headers, "")) {
            return examine(name, configuration("", authHost(wrong.url())));
        }
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
