package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.chaos.HostileAnswer.Ending;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The packaged program with little memory, a Redis, an application and good clients, and what must be true of them
 * whatever others send. Netty looks for buffers that are not released.
 */
final class ServerUnderFire implements AutoCloseable {
    /** What Laravel puts before the names of channels. */
    static final String KEY_PREFIX = "app_";

    /** A line that the server means to write: nobody else's text breaks it. */
    private static final Pattern LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ (INFO |WARN ) [^\\p{C}\\p{Zl}\\p{Zp}]{1,1200}");

    private static final String OPTIONS = "-Xmx96m -XX:MaxDirectMemorySize=64m -Dio.netty.leakDetection.level=paranoid";

    private final LocalRedis redis = RedisFixture.local();
    private final HostileApplication application;
    private final RunningProgram server;
    private final GoodClients goodClients;
    private final int banner;

    /** Starts all in {@code folder}; {@code answers} are the application's about channels that are not the good clients'. */
    ServerUnderFire(Path folder, Function<HostileApplication.Question, HostileAnswer> answers) {
        application = new HostileApplication(question ->
                GoodClients.CHANNELS.contains(question.channel()) ? good(question) : answers.apply(question));
        server = InstalledProgram.in(folder)
                .with("ECHO_SERVER_JAVA_OPTS", OPTIONS)
                .configured(configuration())
                .startServer();
        goodClients = new GoodClients(port(), laravel(), KEY_PREFIX);
        banner = server.output().length();
    }

    private static HostileAnswer good(HostileApplication.Question question) {
        String body = question.channel().startsWith("presence-")
                ? "{\"channel_data\":{\"user_id\":\"" + question.user() + "\",\"user_info\":{}}}"
                : "true";
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return HostileAnswer.of(head + body, Ending.KEPT, true);
    }

    private String configuration() {
        return "{\"port\":0,\"authHost\":\"" + application.url() + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                + redis.settings().port() + ",\"keyPrefix\":\"" + KEY_PREFIX + "\"}},"
                + "\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}],"
                + "\"apps\":[{\"id\":\"3\",\"key\":\"public\",\"secret\":\"s3cret\"}],"
                + "\"socketio\":{\"pingInterval\":5000,\"pingTimeout\":20000,\"connectTimeout\":10000,"
                + "\"perMessageDeflate\":true,\"httpCompression\":true},"
                + "\"limits\":{\"authTimeoutSeconds\":3,\"eventsPerSecond\":1000000,\"eventsBurst\":1000000,"
                + "\"apiReadsPerSecond\":1000000,\"apiWrongKeysPerSecond\":1000000}}";
    }

    /** Where it listens. */
    int port() {
        return InstalledProgram.portOf(server);
    }

    /** A new connection to its Redis, of one thread. */
    Laravel laravel() {
        return Laravel.on(redis.settings());
    }

    /** Its good clients. */
    GoodClients goodClients() {
        return goodClients;
    }

    /**
     * Fails unless it lives, its good clients were not disturbed, no buffer was lost, and its log has no errors, nobody
     * else's text in raw form, and at most {@code maxLines} lines.
     */
    void expectUnharmed(int maxLines) {
        assertThat(server.isAlive()).as(this::lastLines).isTrue();
        goodClients.expectUndisturbed();
        jcmd("GC.run"); // Only then Netty knows what is lost; it says so when it makes the next buffers.
        goodClients.expectUndisturbed();
        assertThat(server.isAlive()).isTrue();
        List<String> lines = log();
        assertThat(lines.stream().filter(line -> !LINE.matcher(line).matches())).isEmpty();
        assertThat(lines.size()).as(this::lastLines).isLessThan(maxLines);
    }

    private String lastLines() {
        List<String> lines = log();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
    }

    /** What it has logged since its good clients are there. */
    List<String> log() {
        return server.output().substring(banner).lines().toList();
    }

    /** What it takes: resident memory and heap. */
    String memory() {
        try {
            String resident = Files.readAllLines(
                            Path.of("/proc/" + server.handle().pid() + "/status"))
                    .stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .findFirst()
                    .orElse("VmRSS: unknown");
            String heap = jcmd("GC.heap_info")
                    .lines()
                    .skip(1)
                    .map(String::strip)
                    .limit(5)
                    .toList()
                    .toString();
            return resident.replaceAll("\\s+", " ") + " heap=" + heap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(
                            program, Long.toString(server.handle().pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        goodClients.close();
        server.close();
        application.close();
        redis.close();
    }
}
