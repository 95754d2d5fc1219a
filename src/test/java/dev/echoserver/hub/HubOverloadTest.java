package dev.echoserver.hub;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More is published than the loops get round to. */
final class HubOverloadTest {
    private static final int ONE_MIB = 1 << 20;
    private static final int MAX_WAITING = 64;

    private final HubFixture fixture = new HubFixture();
    private final HubFixture.Socket alice = fixture.socket("alice");
    private final byte[] bytes = new byte[ONE_MIB];
    private final List<ByteBuf> offered = new ArrayList<>();

    @AfterEach
    void everyBufferIsReleased() {
        fixture.settle();
        alice.flush();
        assertThat(held()).isZero();
    }

    private void offer(int times) {
        for (int i = 0; i < times; i++) {
            ByteBuf frames = Unpooled.wrappedBuffer(bytes);
            offered.add(frames);
            fixture.hub.sendToAll(frames, Optional.empty());
        }
    }

    private long held() {
        return offered.stream().filter(frames -> frames.refCnt() > 0).count();
    }

    @Test
    void dropsWhatFindsNoRoomAndSaysHowMuch() {
        try (CapturedLog log = CapturedLog.of(LoopHub.class)) {
            offer(MAX_WAITING + 5);

            assertThat(held()).isEqualTo(MAX_WAITING);
            assertThat(offered).filteredOn(frames -> frames.refCnt() > 0).allMatch(frames -> frames.refCnt() == 2);
            assertThat(log.lines(Level.WARN)) // At 1, 2 and 4 of 5, on each of two loops.
                    .hasSize(6)
                    .allMatch(line -> line.matches(".* lost=[124] .*"));
        }
    }

    @Test
    void isOverOnceTheLoopHasCaughtUp() {
        offer(MAX_WAITING + 1);
        fixture.settle();
        alice.flush();
        assertThat(held()).isZero();
        alice.received.clear();

        offer(MAX_WAITING);
        fixture.settle();

        assertThat(alice.received).map(String::length).hasSize(MAX_WAITING).containsOnly(ONE_MIB);
    }
}
