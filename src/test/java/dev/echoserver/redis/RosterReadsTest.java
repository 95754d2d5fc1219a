package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.presence.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RosterReadsTest {
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final PresenceChannel OTHER = new PresenceChannel("presence-other");

    private final List<CompletableFuture<Roster>> sent = new ArrayList<>();
    private final RosterReads reads = new RosterReads(channel -> {
        sent.add(new CompletableFuture<>());
        return sent.get(sent.size() - 1);
    });

    @Test
    void areSentAtOnce() {
        CompletableFuture<Roster> one = after(ROOM);
        CompletableFuture<Roster> other = after(OTHER);

        answer(0);
        answer(1);

        assertThat(version(one)).isEqualTo(0);
        assertThat(version(other)).isEqualTo(1);
    }

    @Test
    void areSharedByAllWhoAskedWhileAnotherOneWasUnderWay() {
        CompletableFuture<Roster> first = after(ROOM);
        CompletableFuture<Roster> second = after(ROOM);
        CompletableFuture<Roster> third = after(ROOM);
        assertThat(sent).hasSize(1);

        answer(0);
        assertThat(sent).hasSize(2);
        assertThat(second).isNotDone();
        CompletableFuture<Roster> fourth = after(ROOM);
        answer(1);

        assertThat(version(first)).isEqualTo(0);
        assertThat(version(second)).isEqualTo(1);
        assertThat(version(third)).isEqualTo(1);
        answer(2);
        assertThat(version(fourth)).isEqualTo(2);
        assertThat(after(ROOM)).isNotDone();
        assertThat(sent).hasSize(4);
    }

    @Test
    void thatFailDoNotTakeTheNextOnesAlong() {
        CompletableFuture<Roster> first = after(ROOM);
        CompletableFuture<Roster> second = after(ROOM);

        sent.get(0).completeExceptionally(new IllegalStateException("away"));
        answer(1);

        assertThat(first).isCompletedExceptionally();
        assertThat(version(second)).isEqualTo(1);
    }

    private CompletableFuture<Roster> after(PresenceChannel channel) {
        return reads.after(channel).toCompletableFuture();
    }

    private void answer(int n) {
        sent.get(n).complete(new Roster(n, List.of()));
    }

    private static long version(CompletableFuture<Roster> read) {
        assertThat(read).isCompleted();
        return read.join().version();
    }
}
