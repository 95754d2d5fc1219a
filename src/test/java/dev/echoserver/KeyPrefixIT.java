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
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laravel and the server disagree about the key prefix. */
final class KeyPrefixIT {
    private static final String PAYLOAD = "{\"event\":\"e\",\"data\":1,\"socket\":null}";

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

    @ParameterizedTest
    @CsvSource({"'', laravel-database-", "laravel_database_, laravel-database-"})
    void isSaidWithinASecondWithTheSettingToWrite(String ours, String ofLaravel) {
        try (RunningProgram server = InstalledProgram.in(folder)
                        .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                                + redis.settings().port() + ",\"keyPrefix\":\"" + ours + "\"}}}")
                        .startServer();
                RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
            client.subscribe("news");
            String cure = "set \"keyPrefix\": \"" + ofLaravel + "\" under databaseConfig.redis";
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        laravel.publish(LaravelVersion.V13, ofLaravel, "news", PAYLOAD);
                        laravel.flush();
                        return server.countLines(cure) > 0;
                    });

            laravel.publish(LaravelVersion.V13, ofLaravel, "news", PAYLOAD);
            laravel.publish(LaravelVersion.V13, ours, "news", PAYLOAD);
            client.await(packet -> packet.startsWith("42[\"e\",\"news\""));

            assertThat(server.countLines("keyPrefix")).isOne();
        }
    }
}
