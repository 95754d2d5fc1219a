package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrefixCheckTest {
    private final CapturedLog log = CapturedLog.of(PrefixCheck.class);
    private long now;
    private int questions;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private PrefixCheck check(String prefix, String... joined) {
        return new PrefixCheck(
                prefix,
                name -> {
                    questions++;
                    return CompletableFuture.completedStage(
                            Set.of(joined).stream().filter(name::endsWith).collect(Collectors.toSet()));
                },
                () -> now);
    }

    private static void hear(PrefixCheck check, String... names) {
        for (String name : names) {
            check.heard(name.getBytes(UTF_8));
        }
    }

    @Test
    void namesTheVerySettingOnceForEachPrefix() {
        PrefixCheck check = check("", "news", "private-news");

        hear(check, "laravel-database-news", "laravel-database-private-news", "laravel-database-news", "other_news");

        assertThat(log.lines(Level.WARN)).hasSize(2);
        assertThat(log.lines(Level.WARN).get(0))
                .contains("set \"keyPrefix\": \"laravel-database-\" under databaseConfig.redis");
        assertThat(log.lines(Level.WARN).get(1)).contains("\"keyPrefix\": \"other_\"");
    }

    @Test
    void alsoNoticesAPrefixThatIsTooLongOrTooShort() {
        hear(check("laravel_", "news"), "laravel_database_news");
        hear(check("laravel_", "news"), "news");

        assertThat(log.lines(Level.WARN)).hasSize(2);
        assertThat(log.lines(Level.WARN).get(0)).contains("\"keyPrefix\": \"laravel_database_\"");
        assertThat(log.lines(Level.WARN).get(1)).contains("\"keyPrefix\": \"\"");
    }

    @Test
    void doesNotTakeAGuardMarkerForAPrefix() {
        hear(check("", "orders"), "private-orders", "presence-orders", "x_private-orders");

        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void isSatisfiedForGoodByABroadcastThatSomebodyHasJoined() {
        PrefixCheck check = check("app_", "news");

        hear(check, "app_other", "app_news", "x_news");

        assertThat(check.isOver()).isTrue();
        assertThat(questions).isEqualTo(2);
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void asksSeldom() {
        PrefixCheck check = check("", "news");
        for (int i = 0; i < 1000; i++) {
            hear(check, "other");
        }
        assertThat(questions).isEqualTo(20);

        now += 1_000_000_000;
        hear(check, "other");

        assertThat(questions).isEqualTo(21);
    }

    @Test
    void ignoresNamesThatNoChannelHas() {
        hear(check("", "news"), "a\nnews", "x".repeat(2000) + "news");

        assertThat(questions).isZero();
    }
}
