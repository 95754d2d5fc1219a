package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
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
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(10);

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
    @CsvSource({"'', laravel-database-, 1", "laravel_database_, laravel-database-, 2", "laravel_database_, '', 2"})
    void isSaidOnceWithinASecondOfTheFirstEventWithTheLineToWrite(String ours, String ofLaravel, int patterns) {
        try (RunningProgram server = InstalledProgram.in(folder)
                        .configured(
                                "{\"port\":0,\"clients\":[{\"appId\":\"a\",\"key\":\"k\"}],\"databaseConfig\":{\"redis\":"
                                        + "{\"port\":" + redis.settings().port() + ",\"keyPrefix\":\"" + ours + "\"}}}")
                        .startServer();
                RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
            client.subscribe("news");
            await().atMost(START).until(() -> hasJoined(server) && laravel.subscribedPatterns() == patterns);
            String warning = "Events arrive under another prefix than the one that is set, so nobody gets them:"
                    + " channel=" + ofLaravel + "news joined=news keyPrefix=\"" + ours + "\""
                    + " cure='if they are of your application, set \"keyPrefix\": \"" + ofLaravel
                    + "\" under databaseConfig.redis'";

            laravel.publish(LaravelVersion.V13, ofLaravel, "news", PAYLOAD);

            await().atMost(PROMISED).pollInterval(Duration.ofMillis(10)).until(() -> server.countLines(warning) > 0);
            laravel.publish(LaravelVersion.V13, ofLaravel, "news", PAYLOAD);
            laravel.publish(LaravelVersion.V13, ours, "news", PAYLOAD);
            client.await(packet -> packet.startsWith("42[\"e\",\"news\""));
            assertThat(server.countLines("keyPrefix")).isOne();
        }
    }

    private static boolean hasJoined(RunningProgram server) throws IOException {
        try (RawConnection connection = RawConnection.to(InstalledProgram.portOf(server))) {
            return connection
                    .write(RawConnection.request("GET", "/apps/a/channels/news?auth_key=k"))
                    .reply()
                    .text()
                    .contains("\"subscription_count\":1,");
        }
    }
}
