package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.testing.RedisFixture;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives while Redis is well. */
final class RedisBroadcastSourceIT {

    /** Written after Laravel's own script, {@code RedisBroadcaster#broadcastMultipleChannelsScript} since 6.11. */
    private static final String LARAVELS_SCRIPT = "for i = 2, #ARGV do redis.call('publish', ARGV[i], ARGV[1]) end";

    private static RedisFixture redis;
    private static RedisCommander commander;

    @BeforeAll
    static void startRedis() {
        redis = RedisFixture.start();
        commander = new RedisCommander(redis.settings());
    }

    @AfterAll
    static void stopRedis() {
        commander.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"laravel_database_", "my-app-database-", "a*[b?]\\^c-", "h\u00e9:"})
    void takesWhatBeginsWithThePrefixOnlyAndStripsItOnce(String prefix) {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings().withKeyPrefix(prefix))) {
            commander.publish("news", 1);
            commander.publish("x" + prefix + "news", 2);
            commander.publish(prefix + "news", 3);
            commander.publish(prefix + prefix + "news", 4);
            commander.publish(prefix.toUpperCase(Locale.ROOT) + "news", 5);
            commander.publish("ax[b?]\\^c-news", 6);
            commander.publish("a*b^c-news", 7);
            commander.publish(prefix + "h\u00e9", 8);

            source.awaitTrace("news 3", prefix + "news 4", "h\u00e9 8");
        }
    }

    @Test
    void takesEverythingWithoutAPrefix() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
            commander.publish("news", 1);
            commander.publish("private-orders.1", 2);

            source.awaitTrace("news 1", "private-orders.1 2");
        }
    }

    @Test
    void takesWhatLaravelsScriptPublishes() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings().withKeyPrefix("laravel_database_"))) {
            byte[][] arguments = {
                RedisCommander.envelope(7), "laravel_database_a".getBytes(UTF_8), "laravel_database_b".getBytes(UTF_8)
            };
            commander.sync().eval(LARAVELS_SCRIPT.getBytes(UTF_8), ScriptOutputType.STATUS, new byte[0][], arguments);

            source.awaitTrace("a 7", "b 7");
        }
    }

    @Test
    void dropsWhatIsNoBroadcastAndGoesOn() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
            commander.sync().publish("horizon".getBytes(UTF_8), "hello".getBytes(UTF_8));
            commander.sync().publish("news".getBytes(UTF_8), "{\"event\":".getBytes(UTF_8));
            commander.sync().publish(new byte[] {'n', (byte) 0xff}, RedisCommander.envelope(1));
            commander.sync().publish("echo-server:node".getBytes(UTF_8), RedisCommander.envelope(2));
            commander.sync().publish("PresenceChannelUpdated".getBytes(UTF_8), RedisCommander.envelope(3));
            commander.publish("news", 4);

            source.awaitTrace("news 4");
            assertThat(source.drops().count(DropReason.NOT_JSON)).isEqualTo(2);
            assertThat(source.drops().count(DropReason.INVALID_CHANNEL)).isEqualTo(1);
        }
    }

    @Test
    void losesOnlyTheBroadcastThatTheSinkThrowsOn() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
            commander.publish("news", 1);
            commander.publish(SourceUnderTest.POISON, 2);
            commander.publish("news", 3);

            source.awaitTrace("news 1", "news 3");
        }
    }

    @Test
    void keepsTheOrderOfAHundredThousandAndLosesNone() {
        int count = 100_000;
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings().withKeyPrefix("many_"))) {
            commander.publishMany("many_news", count);

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> source.trace().size() >= count);
            assertThat(source.trace())
                    .isEqualTo(
                            IntStream.range(0, count).mapToObj(n -> "news " + n).toList());
        }
    }

    @Test
    void deliversOnOneThreadOfItsOwn() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
            commander.publishMany("news", 100);
            await().until(() -> source.trace().size() >= 100);

            assertThat(source.threads()).containsExactly("redis-io");
        }
    }

    @Test
    void ofThemTwoHearEverythingEach() {
        try (SourceUnderTest one = SourceUnderTest.open(redis.settings().withKeyPrefix("app_"));
                SourceUnderTest other = SourceUnderTest.open(redis.settings().withKeyPrefix("app_"))) {
            commander.publish("app_news", 1);

            one.awaitTrace("news 1");
            other.awaitTrace("news 1");
        }
    }

    @Test
    void isSilentOnceClosedAndLeavesNoThread() {
        List<Thread> before = redisThreads();
        SourceUnderTest source = SourceUnderTest.open(redis.settings().withKeyPrefix("closed_"));
        commander.publish("closed_news", 1);
        source.awaitTrace("news 1");

        source.close();
        source.close();

        assertThat(commander.publish("closed_news", 2)).isZero();
        assertThat(source.trace()).containsExactly("news 1");
        assertThat(source.isListening()).isFalse();
        await().until(() -> before.containsAll(redisThreads()));
    }

    @Test
    void opensOnce() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings())) {
            assertThatIllegalStateException().isThrownBy(source::openAgain);
        }
    }

    private static List<Thread> redisThreads() {
        return new ArrayList<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("redis-"))
                .toList());
    }
}
