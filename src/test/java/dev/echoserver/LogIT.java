package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the packaged program logs, and in which form. */
final class LogIT {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private Path folder;

    private LocalRedis redis;

    @BeforeEach
    void startRedis() {
        redis = RedisFixture.local();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private InstalledProgram program(String log) {
        return InstalledProgram.in(folder)
                .configured("{\"port\":0,\"devMode\":true,\"drainSeconds\":0,\"unknown\":1,\"log\":" + log
                        + ",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}");
    }

    private static List<String> messages(String json) throws IOException {
        List<String> messages = new ArrayList<>();
        for (String line : json.lines().toList()) {
            JsonNode event = STRICT.readTree(line);
            assertThat(event.path("level").isTextual()).as(line).isTrue();
            messages.add(event.path("formattedMessage").textValue());
        }
        return messages;
    }

    @Test
    void aLogInJsonHoldsNothingElse() throws IOException {
        try (RunningProgram server = program("{\"format\":\"json\"}").run("start")) {
            String port = server.awaitRestOf("Running at localhost on port ").replaceFirst("\".*", "");
            server.awaitRestOf("Server ready!");
            try (RawClient client = RawClient.connect(Integer.parseInt(port), 4)) {
                client.subscribe("quote\\\"and\\u0000control\\ud800");
                client.subscribe("news");
                server.awaitRestOf("joined channel: news");
            }
            server.terminate();
            assertThat(server.exitCode()).isZero();

            assertThat(messages(server.output()))
                    .contains("version " + Version.number(), "Server ready!")
                    .anyMatch(message -> message.startsWith("Notice: "))
                    .anyMatch(message -> message.contains("quote\"and?control"));
        }
    }

    @Test
    void aLogFileMayBeMovedAndTheStartIsStillOnTheTerminal() throws IOException {
        Path file = folder.resolve("echo.log");
        try (RunningProgram server = program("{\"file\":\"echo.log\"}").startServer();
                RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
            assertThat(Files.readString(file)).contains("Server ready!", "Listening to Redis");
            assertThat(server.output()).contains("Server ready!").doesNotContain("Listening to Redis");
            Files.move(file, folder.resolve("echo.log.1"));

            server.signal("HUP");
            Awaitility.await().until(() -> Files.exists(file));
            client.subscribe("news");

            Awaitility.await().until(() -> Files.readString(file).contains("joined channel: news"));
            assertThat(Files.readString(file)).contains("Reloaded the configuration");
        }
    }

    @Test
    void aLogFileThatCannotBeOpenedKeepsTheServerFromStarting() {
        try (RunningProgram server = program("{\"file\":\"none/echo.log\"}").run("start")) {
            assertThat(server.exitCode()).isEqualTo(78);
            assertThat(server.output()).contains("Cannot write the log file none/echo.log", "Make its folder");
        }
    }
}
