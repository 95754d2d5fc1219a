package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V4;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.EngineIoSettings.Outbound;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers that stall, beside one that does not. */
@Timeout(30)
final class SlowReaderIT {
    private static final String STALLED = "sid-1";
    private static final String READING = "sid-2";
    private static final String MESSAGE = "x".repeat(1000);
    private static final int ROUND = 60; // Below every bound here, so that one who reads is never behind.
    private static final int ROUNDS = 300; // 18 MB: more than the kernel takes for a client that does not read.
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long NO_BOUND = Long.MAX_VALUE;
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void areClosedWhenTooManyBytesWait() throws IOException {
        try (EngineServer server = start(new Outbound(256 << 10, LONG, NO_BOUND));
                CapturedLog log = CapturedLog.of(SlowReaders.class);
                RawWebSocket stalled = server.webSocket(V4);
                RawWebSocket reading = server.webSocket(V4)) {
            for (int round = 0; round < ROUNDS; round++) {
                sendRound(server, STALLED);
                sendRound(server, READING);
                readRound(reading);
            }
            assertOnlyTheReaderIsLeft(server, reading, log);
            assertThat(stalled.awaitEnd()).isLessThan((long) ROUND * ROUNDS * MESSAGE.length());
        }
    }

    @Test
    void areClosedWhenTheyTakeNothingForTooLong() throws IOException {
        try (EngineServer server = start(new Outbound(64 << 20, Duration.ofMillis(500), NO_BOUND));
                CapturedLog log = CapturedLog.of(SlowReaders.class);
                RawWebSocket stalled = server.webSocket(V4);
                RawWebSocket reading = server.webSocket(V4)) {
            for (int round = 0; round < ROUNDS; round++) {
                sendRound(server, STALLED);
            }
            Instant limit = Instant.now().plus(PATIENCE);
            while (server.sessionCount() > 1) {
                assertThat(Instant.now()).isBefore(limit);
                sendRound(server, READING);
                readRound(reading);
            }
            assertOnlyTheReaderIsLeft(server, reading, log);
            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("it takes nothing");
            assertThat(stalled.awaitEnd()).isLessThan((long) ROUND * ROUNDS * MESSAGE.length());
        }
    }

    @Test
    void areClosedWhenTheyDoNotPollForWhatWaits() throws IOException {
        try (EngineServer server = start(new Outbound(256 << 10, LONG, NO_BOUND));
                CapturedLog log = CapturedLog.of(SlowReaders.class)) {
            PollingClient stalled = server.polling(V4);
            try (RawWebSocket reading = server.webSocket(V4)) {
                for (int round = 0; round < 10; round++) {
                    sendRound(server, STALLED);
                    sendRound(server, READING);
                    readRound(reading);
                }
                assertOnlyTheReaderIsLeft(server, reading, log);
                assertThat(stalled.poll().text()).contains("\"code\":1");
            }
        }
    }

    /** Whoever sends may be walking over the very set that the end of a session changes. */
    @Test
    void areNotClosedInTheMidstOfSendingWhenTheyAreGone() throws IOException {
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Boolean> openBehindTheSending = new CompletableFuture<>();
        try (EngineServer server = start(new Outbound(256 << 10, LONG, NO_BOUND));
                RawWebSocket stalled = server.webSocket(V4)) {
            server.run(STALLED, session -> {
                while (!gone.get()) {
                    Thread.onSpinWait(); // The loop must not see the end before the sending.
                }
                for (int i = 0; i < 1000; i++) {
                    session.sendText(MESSAGE);
                }
                openBehindTheSending.complete(session.isOpen());
            });
            stalled.reset();
            gone.set(true);

            assertThat(openBehindTheSending).succeedsWithin(PATIENCE).isEqualTo(true);
            server.awaitEnded(CloseReason.TRANSPORT_ERROR);
        }
    }

    private static EngineServer start(Outbound outbound) {
        return EngineServer.start(s -> {
            s.loops = 1;
            s.outbound = outbound;
        });
    }

    private static void sendRound(EngineServer server, String sid) {
        server.run(sid, session -> {
            for (int i = 0; i < ROUND; i++) {
                session.sendText(MESSAGE);
            }
        });
    }

    private static void readRound(RawWebSocket reader) throws IOException {
        for (int i = 0; i < ROUND; i++) {
            assertThat(reader.text()).hasSize(1 + MESSAGE.length());
        }
    }

    private static void assertOnlyTheReaderIsLeft(EngineServer server, RawWebSocket reading, CapturedLog log)
            throws IOException {
        Awaitility.await().until(() -> server.sessionCount() == 1);
        assertThat(server.ended()).containsExactly(CloseReason.SLOW_READER);
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("reads too slowly");
        assertThat(reading.send("4here").text()).isEqualTo("4here");
    }
}
