package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.RedisFixture;
import io.lettuce.core.KillArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while Redis is not well. */
final class RedisRecoveryIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final CapturedLog log = CapturedLog.of(RedisSubscription.class);
    private LocalRedis redis = RedisFixture.local();

    @AfterEach
    void stopRedis() {
        redis.close();
        log.close();
    }

    @Nested
    final class Absence {

        @Test
        void atTheStartIsWaitedFor() {
            redis.kill();
            try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(redis.settings())) {
                await().until(() -> !warnings().isEmpty());
                assertThat(source.isListening()).isFalse();

                redis.restart();

                await().atMost(RECOVERY).until(source::isListening);
                publish("news", 1);
                source.awaitTrace("news 1");
                assertThat(warnings()).hasSize(1);
                assertThat(warnings().get(0))
                        .contains("address=" + redis.settings().address(), "Connection refused");
                assertThat(log.lines(Level.INFO)).hasSize(1);
            }
        }

        @Test
        void underLoadLosesOnlyWhatWasPublishedMeanwhile() {
            try (SourceUnderTest source = SourceUnderTest.open(redis.settings());
                    NumberPublisher laravel = NumberPublisher.start(redis.settings())) {
                for (int round = 0; round < 5; round++) {
                    int seen = source.trace().size();
                    await().until(() -> source.trace().size() > seen + 10);
                    redis.kill();
                    redis.restart();
                    int afterRestart = laravel.lastNumber();
                    await().atMost(RECOVERY)
                            .until(() -> numbers(source).stream().anyMatch(number -> number > afterRestart));
                }
                assertThat(numbers(source)).isSorted().doesNotHaveDuplicates();
                assertThat(warnings()).hasSize(5);
                assertThat(log.lines(Level.INFO)).hasSize(6);
            }
        }

        @Test
        void ofTheConnectionOnlyIsRepaired() {
            try (SourceUnderTest source = SourceUnderTest.open(redis.settings());
                    RedisCommander administrator = new RedisCommander(redis.settings())) {
                long killed = administrator.sync().clientKill(KillArgs.Builder.typePubsub());
                assertThat(killed).isEqualTo(1);
                await().until(() -> log.lines(Level.INFO).size() == 2);

                publish("news", 1);

                source.awaitTrace("news 1");
                assertThat(log.lines(Level.INFO).get(1)).contains("awayMillis=");
            }
        }

        @Test
        void withoutGoodbyeIsNoticed() throws IOException {
            try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
                signal("STOP");
                await().atMost(RECOVERY).until(() -> !source.isListening());
                await().until(() -> warnings().stream().anyMatch(line -> line.contains("no answer in time")));
                signal("CONT");

                await().atMost(RECOVERY).until(source::isListening);
                publish("news", 1);
                source.awaitTrace("news 1");
            }
        }

        @Test
        void canBeClosedInTheMiddleOf() {
            redis.kill();
            SourceUnderTest source = SourceUnderTest.openWithoutWaiting(redis.settings());
            await().until(() -> !warnings().isEmpty());

            source.close();

            redis.restart();
            await().during(Duration.ofSeconds(1))
                    .until(() -> log.lines(Level.INFO).isEmpty());
        }
    }

    @Nested
    final class Refusal {

        @BeforeEach
        void setPassword() {
            redis.close();
            redis = LocalRedis.start(List.of("--requirepass", "right"));
        }

        @Test
        void forAWrongPasswordNamesTheSettingOnceAndNeverThePassword() {
            RedisConfig wrong = redis.settings().withCredentials(Optional.empty(), "wr0ng");
            try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(wrong);
                    RedisCommander administrator = administrator()) {
                await().during(Duration.ofSeconds(2))
                        .until(() -> warnings("WRONGPASS").size() == 1);

                assertThat(source.isListening()).isFalse();
                assertThat(warnings("WRONGPASS").get(0)).contains("databaseConfig.redis.password");
                assertThat(warnings()).noneMatch(line -> line.contains("wr0ng"));
                assertThat(administrator.sync().clientList().lines()).hasSizeLessThanOrEqualTo(2);
            }
        }

        @Test
        void forAMissingPasswordNamesTheSetting() {
            try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(redis.settings())) {
                await().until(() -> !warnings().isEmpty());

                assertThat(source.isListening()).isFalse();
                assertThat(warnings().get(0)).contains("NOAUTH", "databaseConfig.redis.password");
            }
        }

        @Test
        void toSubscribeNamesThePermissionAndEndsWhenItIsGranted() {
            try (RedisCommander administrator = administrator()) {
                run(administrator, "ACL SETUSER echo on >secret resetchannels &* +@all -psubscribe");
                RedisConfig asEcho = redis.settings()
                        .withCredentials(Optional.of("echo"), "secret")
                        .withKeyPrefix("app_");
                try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(asEcho)) {
                    await().until(() -> !warnings().isEmpty());
                    assertThat(warnings().get(0)).contains("NOPERM", "ACL SETUSER echo +psubscribe", "&app_*");

                    run(administrator, "ACL SETUSER echo +psubscribe");

                    await().atMost(RECOVERY).until(source::isListening);
                    administrator.publish("app_news", 1);
                    source.awaitTrace("news 1");
                    assertThat(warnings()).hasSize(1);
                }
            }
        }

        @Test
        void ofTheChannelsEndsWithTheVeryCommandThatTheLogGives() {
            try (RedisCommander administrator = administrator()) {
                run(administrator, "ACL SETUSER echo on >secret resetchannels -@all");
                RedisConfig asEcho = redis.settings()
                        .withCredentials(Optional.of("echo"), "secret")
                        .withKeyPrefix("a[p]p_");
                try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(asEcho)) {
                    await().until(() -> !warnings().isEmpty());
                    String line = warnings().get(0);

                    run(administrator, line.substring(line.indexOf("ACL SETUSER"), line.lastIndexOf('"')));

                    await().atMost(RECOVERY).until(source::isListening);
                    await().during(Duration.ofSeconds(3)).until(source::isListening);
                    assertThat(warnings()).hasSize(1);
                }
            }
        }

        @Test
        void ofAPublisherSaysWhatHelps() {
            assertThatThrownBy(() -> RedisPublisher.publish(redis.settings(), "news", "{}".getBytes(UTF_8)))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageContaining("NOAUTH")
                    .hasMessageContaining("databaseConfig.redis.password");
        }

        private RedisCommander administrator() {
            return new RedisCommander(redis.settings().withCredentials(Optional.empty(), "right"));
        }

        private static void run(RedisCommander administrator, String command) {
            assertThat(administrator.run(command)).isEqualTo("OK");
        }
    }

    @Test
    void aSocketFileWorksAsWell(@TempDir Path folder) {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc")), "Socket files need a native transport: Linux only here");
        String path = folder.resolve("redis.sock").toString();
        redis.close();
        redis = LocalRedis.start(List.of("--unixsocket", path));
        RedisConfig settings = redis.settings().withPlace(new RedisPlace.SocketFile(path));

        TopologyChecks.everythingWorks(settings);
    }

    private void publish(String channel, int n) {
        RedisPublisher.publish(redis.settings(), channel, RedisCommander.envelope(n));
    }

    private void signal(String name) throws IOException {
        String pid = Long.toString(redis.process().pid());
        Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
        await().until(() -> !kill.isAlive());
        assertThat(kill.exitValue()).isZero();
    }

    private List<String> warnings() {
        return log.lines(Level.WARN);
    }

    private List<String> warnings(String word) {
        return warnings().stream().filter(line -> line.contains(word)).toList();
    }

    private static List<Integer> numbers(SourceUnderTest source) {
        return source.trace().stream()
                .map(line -> Integer.valueOf(line.substring("news ".length())))
                .toList();
    }
}
