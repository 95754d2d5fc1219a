package dev.echoserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.redis.RedisPublisher;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is secret goes through the packaged program in dev mode, and its output has nothing of it. */
final class SecretsIT {
    /** In every secret there is, with a number behind it that says which one it is. */
    private static final String SECRET = "s3cret";

    private static final Map<String, String> HEADERS = Map.of(
            "Cookie", "laravel_session=s3cret-01; XSRF-TOKEN=s3cret-02",
            "Authorization", "Bearer s3cret-03",
            "Referer", "http://127.0.0.1/page?token=s3cret-04");

    @TempDir
    private Path folder;

    private final StubApplication application = StubApplication.start();
    private LocalRedis redis;

    @BeforeEach
    void startRedis() throws IOException {
        redis = RedisFixture.local();
        try (Socket line =
                new Socket(InetAddress.getLoopbackAddress(), redis.settings().port())) {
            line.getOutputStream().write("CONFIG SET requirepass s3cret-05\r\n".getBytes(UTF_8));
            assertThat(line.getInputStream().read()).isEqualTo('+');
        }
    }

    @AfterEach
    void stop() {
        redis.close();
        application.close();
    }

    private RedisConfig redis(String password) {
        return RedisConfig.ofUrl(
                "redis://:" + password + "@127.0.0.1:" + redis.settings().port());
    }

    private InstalledProgram program(String redisPassword) {
        String authHost = application.url().replace("://", "://laravel:s3cret-06@");
        return InstalledProgram.in(folder).configured("""
                {"port":0,"devMode":true,"drainSeconds":0,"authHost":"%s",
                 "authEndpoint":"/broadcasting/auth?key=s3cret-07",
                 "clients":[{"appId":"app","key":"s3cret-08"}],
                 "apps":[{"id":"signed","key":"public","secret":"s3cret-09"}],
                 "socketio":{"maxHttpBufferSize":2048},"limits":{"maxBroadcastBytes":4096},
                 "databaseConfig":{"redis":{"url":"redis://:%s@127.0.0.1:%d"}}}
                """.formatted(
                        authHost, redisPassword, redis.settings().port()));
    }

    private void publish(String payload) {
        RedisPublisher.publish(redis("s3cret-05"), "private-room", payload.getBytes(UTF_8));
    }

    private static String line(int number) {
        return "\"" + SECRET + "-" + number + "\"";
    }

    private static void join(RawClient client, String channel, int status, String answer) {
        client.subscribe(channel, """
                {"Authorization":"Bearer s3cret-10","X-CSRF-TOKEN":"s3cret-11","X-User":"eve","X-Status":"%d","X-Answer":"%s"}""".formatted(status, answer.replace("\"", "\\\"")));
    }

    private static void request(int port, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException closed) {
            return; // One may be closed on, too.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void areInNoLine() {
        try (RunningProgram server = program("s3cret-05").startServer()) {
            int port = InstalledProgram.portOf(server);
            try (RawClient client = RawClient.connect(port, 4, HEADERS);
                    RawClient old = RawClient.connect(port, 3, HEADERS)) {
                joins(client, server);
                whispers(client, old, server);
                broadcasts(client, server);
                assertThat(server.output()).doesNotContain(client.sid());
            }
            strangers(port);
            api(port, server);
            server.awaitRestOf("left channel: private-room (transport");
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).doesNotContain(SECRET).doesNotContain("This is a bug");
        }
    }

    /** Laravel grants, refuses, fails, answers nonsense and sends away. */
    private static void joins(RawClient client, RunningProgram server) {
        join(client, "private-room", 200, "true");
        join(client, "presence-room", 200, "{\"channel_data\":{\"user_id\":1,\"user_info\":" + line(12) + "}}");
        join(client, "presence-nobody", 200, line(13));
        for (int status : List.of(401, 403, 404, 419, 422, 500)) {
            join(client, "private-" + status, status, "<html>" + SECRET + "-14</html>");
        }
        join(client, "private-odd", 200, "<html>" + SECRET + "-15</html>");
        server.awaitRestOf("joined channel: presence-room");
        server.awaitRestOf("could not be authenticated to private-500");
        server.awaitRestOf("could not be authenticated to private-odd");
        assertThat(server.output())
                .contains("Sending auth request to: http://127.0.0.1:", "/broadcasting/auth channel=private-500\n")
                .contains("status=419", "Laravel failed", "joined channel: private-room");
    }

    /** One that arrives, then what is none, and too large. */
    private static void whispers(RawClient client, RawClient other, RunningProgram server) {
        join(other, "private-room", 200, "true");
        other.await(packet -> true);
        server.awaitRestOf("joined channel: private-room");
        client.whisper("private-room", "client-typing", line(16));
        client.whisper("private-room", "typing", line(17));
        client.send("42[\"client event\"," + line(18));
        other.send("2" + "x".repeat(3000) + SECRET);
        server.awaitRestOf("Refused a client");
    }

    private void broadcasts(RawClient client, RunningProgram server) {
        String data = "\"data\":" + line(19) + ",\"socket\":null}";
        publish("{\"event\":\"App\\\\Events\\\\Paid\"," + data);
        publish("{\"event\":7," + data);
        publish("{\"event\":\"connect\"," + data);
        publish("{\"event\":\"a\"," + data + "}");
        publish("{\"event\":\"a\",\"data\":" + "[".repeat(600) + line(20));
        publish("{\"event\":\"a\",\"data\":\"" + "x".repeat(5000) + line(21));
        server.awaitRestOf("reason=TOO_LARGE");
        assertThat(server.output())
                .contains("Channel: private-room Event: App\\Events\\Paid")
                .contains("reason=NO_EVENT", "reason=RESERVED_EVENT", "reason=NOT_JSON");
        assertThat(client.sid()).isNotEmpty();
    }

    /** Sessions that are not there, tokens in the query, bodies that are none. */
    private static void strangers(int port) {
        request(port, "GET", "/socket.io/?EIO=4&transport=polling&sid=s3cret-22&token=s3cret-23", "");
        request(port, "POST", "/socket.io/?EIO=4&transport=polling&sid=s3cret-24", "4" + line(25));
        request(port, "POST", "/socket.io/?EIO=4&transport=polling&sid=s3cret-24", "x".repeat(5000) + line(25));
        request(port, "GET", "/nowhere?token=s3cret-26", "", "Cookie", "a=s3cret-27");
    }

    private static void api(int port, RunningProgram server) {
        String event = "{\"name\":\"paid\",\"channel\":\"private-room\",\"data\":" + line(28) + "}";
        request(port, "POST", "/apps/app/events", event, "Authorization", "Bearer s3cret-08");
        request(port, "POST", "/apps/app/events?auth_key=s3cret-08", event);
        request(port, "POST", "/apps/app/events", event, "Authorization", "Bearer s3cret-29");
        request(port, "POST", "/apps/app/events?auth_key=s3cret-30", event);
        request(port, "POST", "/apps/app/events?auth_key=s3cret-08", event.substring(5));
        request(port, "POST", "/apps/app/events?auth_key=s3cret-08", "{\"name\":" + line(31) + "}");
        request(port, "POST", "/apps/app/events?auth_key=s3cret-08", "[" + line(32).repeat(5000));
        request(port, "POST", "/apps/signed/events?auth_key=public&auth_signature=s3cret-33", event);
        server.awaitRestOf("Event: paid (HTTP API)");
        assertThat(server.output()).contains("API request refused: status=401", "API request refused: status=400");
    }

    @Test
    void areInNoLineAboutARedisThatRefusesThePassword() {
        try (RunningProgram server = program("s3cret-34").run("start")) {
            server.awaitRestOf("Not listening to Redis");

            assertThat(server.output())
                    .contains("databaseConfig.redis", "password")
                    .doesNotContain(SECRET);
        }
    }
}
