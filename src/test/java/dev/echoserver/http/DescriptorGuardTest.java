package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.http.DescriptorGuard.Cause;
import dev.echoserver.testing.CapturedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DescriptorGuardTest {
    private static final int MAX = 3;

    private final CapturedLog log = CapturedLog.of(DescriptorGuard.class);
    private final DescriptorGuard guard = new DescriptorGuard(MAX, () -> 0);
    private final EmbeddedChannel listener = new EmbeddedChannel(guard);
    private final List<EmbeddedChannel> connections = new ArrayList<>();

    @AfterEach
    void release() {
        connections.forEach(EmbeddedChannel::finishAndReleaseAll);
        listener.finishAndReleaseAll();
        log.close();
    }

    /** Whether the next connection is taken. */
    private boolean isTaken() {
        EmbeddedChannel connection = new EmbeddedChannel();
        connections.add(connection);
        listener.writeInbound(connection);
        boolean isTaken = listener.readInbound() == connection;
        assertThat(connection.isOpen()).isEqualTo(isTaken);
        return isTaken;
    }

    @Test
    void takesAsManyAsThereMayBe() {
        assertThat(isTaken()).isTrue();
        assertThat(isTaken()).isTrue();
        assertThat(isTaken()).isTrue();
        assertThat(isTaken()).isFalse();
        assertThat(isTaken()).isFalse();

        assertThat(guard.count(Cause.RESERVE)).isEqualTo(2);
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("open=3", "LimitNOFILE", "ulimit -n");
    }

    @Test
    void takesAnotherOnceOneIsClosed() {
        for (int i = 0; i < MAX; i++) {
            assertThat(isTaken()).isTrue();
        }
        connections.get(1).close().syncUninterruptibly();

        assertThat(isTaken()).isTrue();
        assertThat(isTaken()).isFalse();
    }

    @Test
    void letsTheListenerRestWhileTheOperatingSystemHasNone() {
        listener.freezeTime();
        for (int i = 0; i < 3; i++) {
            listener.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
            assertThat(listener.config().isAutoRead()).isFalse();
            listener.advanceTimeBy(1, TimeUnit.SECONDS);
            listener.runPendingTasks();
            assertThat(listener.config().isAutoRead()).isTrue();
        }

        assertThat(isTaken()).isTrue();
        assertThat(guard.count(Cause.NONE_LEFT)).isEqualTo(3);
        assertThat(log.lines(Level.ERROR))
                .singleElement()
                .asString()
                .contains("Too many open files", "LimitNOFILE", "ulimit -n");
    }
}
