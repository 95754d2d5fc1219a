package dev.echoserver.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.json.Json;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a hub tells of its work. */
final class HubFiguresTest {
    private final HubFixture fixture = new HubFixture();
    private final Hub hub = fixture.hub;
    private final HubFixture.Socket alice = fixture.socket("alice");
    private final HubFixture.Socket bob = fixture.socket("bob");
    private final HubFixture.Socket carol = fixture.distantSocket("carol");

    @AfterEach
    void allIsReleased() {
        fixture.settle();
        List.of(alice, bob, carol).forEach(HubFixture.Socket::flush);
        assertThat(fixture.unreleased()).isZero();
    }

    private void broadcast(String channel, String data) {
        fixture.broadcast(channel, data);
        fixture.settle();
    }

    @Test
    void eachDeliveryCountsWithItsBytes() {
        alice.enter("a");
        bob.enter("a");
        carol.enter("a");
        broadcast("a", "1"); // "a1;"
        broadcast("b", "22");

        assertThat(hub.traffic()).isEqualTo(new Traffic(3, 9, 0));
    }

    @Test
    void joinedEventsCountOneByOneAndSendersNotAtAll() {
        alice.enter("a");
        bob.enter("a");
        fixture.broadcast("a", "1");
        fixture.broadcast("a", "2");
        fixture.broadcast("a", "3", Optional.of(bob.id()));
        fixture.settle();

        assertThat(hub.traffic()).isEqualTo(new Traffic(5, 15, 0));
    }

    @Test
    void broadcastsCountByTheirOrigin() {
        broadcast("a", "1");
        hub.whisper(Channel.of("private-a"), new Whisper(Json.string("e"), Json.of("1"), List.of()), alice.id());

        assertThat(hub.broadcasts(Origin.REDIS)).isEqualTo(1);
        assertThat(hub.broadcasts(Origin.WHISPER)).isEqualTo(1);
        assertThat(hub.broadcasts(Origin.API)).isZero();
    }

    @Test
    void subscriptionsCountByTheKindOfTheChannel() {
        alice.enter("a").enter("a").enter("private-a").enter("presence-a");
        carol.enter("a");
        bob.enter("private-b").leave("private-b");
        bob.leave("private-b");
        bob.leave("private-never");

        assertThat(hub.subscriptions(ChannelKind.PUBLIC)).isEqualTo(2);
        assertThat(hub.subscriptions(ChannelKind.PRIVATE)).isEqualTo(1);
        assertThat(hub.subscriptions(ChannelKind.PRESENCE)).isEqualTo(1);
    }

    @Nested
    final class Latencies {
        private long within(int micros) {
            int place = Arrays.binarySearch(Latency.boundsMicros(), micros);
            return hub.latency().counts()[place];
        }

        @Test
        void countFromTheArrivalUntilAllThatIsSentTogetherIsWritten() {
            alice.enter("a");
            carol.enter("a");
            fixture.broadcast("a", "1");
            fixture.pass(Duration.ofMillis(2));
            fixture.broadcast("b", "1");
            fixture.broadcast("a", "2");
            fixture.pass(Duration.ofMillis(4));
            fixture.settle();

            assertThat(within(10_000)).as("6 ms, to two").isEqualTo(2);
            assertThat(within(5_000)).as("4 ms, to two").isEqualTo(2);
            assertThat(Arrays.stream(hub.latency().counts()).sum()).isEqualTo(4);
            assertThat(hub.latency().sumNanos()).isEqualTo(Duration.ofMillis(20).toNanos());
        }

        @Test
        void haveAPlaceHoweverLongTheyAre() {
            alice.enter("a");
            fixture.broadcast("a", "1");
            fixture.pass(Duration.ofMinutes(1));
            fixture.settle();

            long[] counts = hub.latency().counts();
            assertThat(counts[counts.length - 1]).isEqualTo(1);
        }
    }

    @Nested
    final class Observers {
        private final List<String> seen = new ArrayList<>();

        Observers() {
            hub.observe(Optional.of(new BroadcastObserver() {
                @Override
                public void delivered(Origin origin, Broadcast broadcast, Reach reach) {
                    seen.add(origin + " " + broadcast.channel().name() + broadcast.data() + " " + reach);
                }

                @Override
                public void dropped(DropReason reason, String channel, int bytes) {
                    throw new AssertionError(reason);
                }
            }));
        }

        private static String reach(int sockets, boolean isSenderHere, boolean isLost, int millis) {
            return new BroadcastObserver.Reach(sockets, isSenderHere, isLost, Duration.ofMillis(millis)).toString();
        }

        @Test
        void seeHowFarABroadcastGotOnAllLoops() {
            alice.enter("a");
            bob.enter("a");
            carol.enter("a");
            fixture.broadcast("a", "1", Optional.of(bob.id()));
            fixture.pass(Duration.ofMillis(3));
            assertThat(seen).isEmpty();
            fixture.settle();

            assertThat(seen).containsExactly("REDIS a1 " + reach(2, true, false, 3));
        }

        @Test
        void seeThatNobodyGotIt() {
            broadcast("a", "1");

            assertThat(seen).containsExactly("REDIS a1 " + reach(0, false, false, 0));
        }

        @Test
        void seeThatALoopHadNoRoomForIt() {
            alice.enter("a");
            hub.sendToAll(Unpooled.wrappedBuffer(new byte[64 << 20]), Optional.empty());
            fixture.broadcast("a", "1");
            fixture.settle();

            assertThat(seen).hasSize(1).first().asString().endsWith(reach(0, false, true, 0));
            assertThat(hub.traffic().lost()).isEqualTo(2);
        }

        @Test
        void seeNothingMoreOnceTheyAreGone() {
            hub.observe(Optional.empty());
            broadcast("a", "1");

            assertThat(seen).isEmpty();
        }
    }
}
