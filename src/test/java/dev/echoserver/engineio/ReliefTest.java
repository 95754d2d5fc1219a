package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers that wait for {@value #KIBIBYTES_EACH} KiB each, on a server that has room for three of them. */
final class ReliefTest {
    private static final int KIBIBYTES_EACH = 300;
    private static final String MESSAGE = "x".repeat(KIBIBYTES_EACH << 10);
    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final SessionFixture loop = new SessionFixture();
    private final List<SessionFixture.Client> clients = new ArrayList<>();

    @AfterEach
    void release() {
        loop.close();
    }

    private SessionFixture.Client stalled(String... messages) {
        SessionFixture.Client client = loop.connect("client-" + clients.size(), Protocol.V4);
        clients.add(client);
        loop.settle();
        client.stopReading();
        for (String message : messages) {
            client.session.sendText(message);
        }
        loop.settle();
        return client;
    }

    private List<Boolean> open() {
        return clients.stream().map(client -> client.session.isOpen()).toList();
    }

    @Test
    void leavesThoseAloneWhoHoldNoMoreThanMayBe() {
        stalled(MESSAGE);
        stalled(MESSAGE);
        stalled(MESSAGE);
        loop.pass(A_SECOND);

        assertThat(open()).containsExactly(true, true, true);
    }

    @Test
    void endsTheOnesForWhichMostWaitsUntilThereIsRoomAgain() {
        stalled("small");
        stalled(MESSAGE, MESSAGE);
        loop.pass(A_SECOND);
        stalled(MESSAGE);
        stalled(MESSAGE);
        loop.pass(A_SECOND);

        assertThat(open()).containsExactly(true, false, true, true);
        assertThat(loop.slowReaders.count(SlowReaders.Cause.MEMORY)).isEqualTo(1);
    }

    @Test
    void sparesAReaderThatTakesSomething() {
        SessionFixture.Client reader = stalled(MESSAGE);
        stalled(MESSAGE);
        stalled(MESSAGE);
        loop.pass(A_SECOND);
        reader.readOn();
        loop.settle();
        reader.stopReading();
        reader.session.sendText(MESSAGE + MESSAGE);
        loop.settle();
        loop.pass(A_SECOND);

        assertThat(reader.session.isOpen()).isTrue();
        assertThat(open()).contains(false);
    }

    @Test
    void endsNobodyWhileTheQueuesShareWhatTheyHold() {
        loop.allocate(KIBIBYTES_EACH << 10);
        for (int i = 0; i < 10; i++) {
            stalled(MESSAGE);
        }
        loop.pass(A_SECOND);

        assertThat(open()).doesNotContain(false);
    }

    @Test
    void countsTheEntriesOfTheQueuesBesides() {
        loop.allocate(1);
        String[] many = new String[5000];
        Arrays.fill(many, "1");
        stalled(many);
        loop.pass(A_SECOND);

        assertThat(open()).containsExactly(false);
    }

    @Test
    void doesNotWaitForTheNextSecond() {
        stalled(MESSAGE, MESSAGE);
        stalled(MESSAGE, MESSAGE);
        loop.pass(A_MOMENT);
        stalled("small");

        assertThat(open()).contains(false);
    }

    @Test
    void forgetsWhatDoesNotWaitAnyMore() {
        stalled(MESSAGE, MESSAGE, MESSAGE).readOn();
        loop.pass(A_SECOND);
        stalled(MESSAGE, MESSAGE, MESSAGE);
        loop.pass(A_SECOND);

        assertThat(open()).containsExactly(true, true);
    }
}
