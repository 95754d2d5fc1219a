package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a folder without a config file, with the environment and {@code .env} of a real process. */
final class NoFileIT {
    @TempDir
    private Path folder;

    @Test
    void variablesAndTheApplicationSayItAll() throws IOException {
        try (LocalRedis redis = RedisFixture.local()) {
            String address = redis.settings().address();
            Files.writeString(
                    folder.resolve(".env"),
                    "APP_NAME=Shop\nREDIS_HOST=127.0.0.1\nREDIS_PORT=" + address.substring(address.lastIndexOf(':') + 1)
                            + "\nLARAVEL_ECHO_SERVER_HOST=127.0.0.1\n");
            InstalledProgram program = InstalledProgram.in(folder).with("ECHO_SERVER_PORT", "0");
            try (RunningProgram server = program.startServer();
                    RunningProgram publish = program.run("publish", "orders", "OrderShipped")) {
                assertThat(server.output()).contains("Notice: there is no config file", "Running at 127.0.0.1 on port");
                assertThat(publish.exitCode()).as(publish.output()).isZero();
                assertThat(publish.output()).contains("Published to \"shop_database_orders\"");
                stop(program);
                assertThat(server.exitCode()).isZero();
            }
        }
    }

    private static void stop(InstalledProgram program) {
        try (RunningProgram stop = program.run("stop")) {
            assertThat(stop.exitCode()).as(stop.output()).isZero();
        }
    }

    @Test
    void aMistakeInAVariableEndsWithTheCodeForMistakes() {
        InstalledProgram program = InstalledProgram.in(folder).with("LARAVEL_ECHO_SERVER_PORT", "abc");

        try (RunningProgram start = program.run("start");
                RunningProgram check = program.run("config", "--check")) {
            assertThat(start.exitCode()).isEqualTo(78);
            assertThat(start.output()).contains("  LARAVEL_ECHO_SERVER_PORT: is \"abc\"");
            assertThat(check.exitCode()).isEqualTo(78);
        }
    }
}
