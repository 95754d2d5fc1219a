package dev.echoserver.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.echoserver.broadcast.Origin;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HubTest {
    private final HubFixture fixture = new HubFixture();
    private final HubFixture.Socket alice = fixture.socket("alice");
    private final HubFixture.Socket bob = fixture.socket("bob");
    private final HubFixture.Socket carol = fixture.distantSocket("carol");

    @AfterEach
    void everyBufferIsReleased() {
        fixture.settle();
        List.of(alice, bob, carol).forEach(HubFixture.Socket::flush);
        assertThat(fixture.unreleased()).isZero();
    }

    @Nested
    final class Broadcasts {
        @Test
        void reachTheSubscribersOfTheirChannelOnAllLoops() {
            alice.enter("a");
            bob.enter("b");
            carol.enter("a");

            fixture.broadcast("a", "1");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;");
            assertThat(bob.received).isEmpty();
            assertThat(carol.received).containsExactly("a1;");
        }

        @Test
        void doNotReachTheSocketThatSentThem() {
            alice.enter("a");
            bob.enter("a");
            carol.enter("a");

            fixture.broadcast("a", "1", Optional.of(alice.id()));
            fixture.broadcast("a", "2", Optional.of(carol.id()));
            fixture.settle();

            assertThat(alice.received).containsExactly("a2;");
            assertThat(bob.received).containsExactly("a1;", "a2;");
            assertThat(carol.received).containsExactly("a1;");
        }

        @Test
        void reachEverybodyElseWhenTheSenderIsNotHere() {
            alice.enter("a");
            fixture.broadcast("a", "1", Optional.of(bob.id()));
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;");
        }

        @Test
        void goOnTogetherWhenTheyCameTogether() {
            alice.enter("a");
            carol.enter("a");
            fixture.hub.from(Origin.REDIS).cork();
            fixture.broadcast("a", "1");
            fixture.broadcast("a", "2");
            fixture.settle();
            assertThat(alice.received).isEmpty();

            fixture.hub.from(Origin.REDIS).uncork();
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;a2;");
            assertThat(carol.received).containsExactly("a1;a2;");
        }

        @Test
        void areNothingToAChannelWithoutSubscribers() {
            fixture.broadcast("a", "1");
            fixture.settle();

            assertThat(fixture.unreleased()).isZero();
        }
    }

    @Nested
    final class Counts {
        private Count count(Selection selection) {
            CompletableFuture<Count> count = fixture.hub.count(selection).toCompletableFuture();
            assertThat(count).isNotDone();
            fixture.settle();
            return count.join();
        }

        @Test
        void areThoseOfAllLoopsTogether() {
            alice.enter("a");
            carol.enter("a");
            bob.enter("ab");

            assertThat(count(Selection.only("a"))).isEqualTo(new Count(3, Map.of("a", 2)));
            assertThat(count(Selection.startingWith("a"))).isEqualTo(new Count(3, Map.of("a", 2, "ab", 1)));
            assertThat(count(Selection.startingWith("ab"))).isEqualTo(new Count(3, Map.of("ab", 1)));
            assertThat(count(Selection.NONE)).isEqualTo(new Count(3, Map.of()));
        }

        @Test
        void leaveOutWhoIsGone() {
            alice.enter("a").leave("a");
            alice.disconnect();

            assertThat(count(Selection.startingWith(""))).isEqualTo(new Count(2, Map.of()));
        }
    }

    @Nested
    final class Neighbours {
        @Test
        void ofOneChannelArriveInOneBuffer() {
            alice.enter("a");
            bob.enter("a");

            fixture.broadcast("a", "1");
            fixture.broadcast("a", "2");
            fixture.broadcast("a", "3");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;a2;a3;");
            assertThat(bob.received).containsExactly("a1;a2;a3;");
        }

        @Test
        void ofDifferentChannelsStayInOrder() {
            alice.enter("a").enter("b");
            bob.enter("b");

            List<String> channels = List.of("a", "a", "b", "a", "b", "b");
            for (int i = 0; i < channels.size(); i++) {
                fixture.broadcast(channels.get(i), String.valueOf(i + 1));
            }
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;a2;", "b3;", "a4;", "b5;b6;");
            assertThat(bob.received).containsExactly("b3;", "b5;b6;");
        }

        @Test
        void areNotJoinedWhereOneSocketIsLeftOut() {
            alice.enter("a");
            bob.enter("a");

            fixture.broadcast("a", "1");
            fixture.broadcast("a", "2", Optional.of(bob.id()));
            fixture.broadcast("a", "3");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;", "a2;", "a3;");
            assertThat(bob.received).containsExactly("a1;", "a3;");
        }

        @Test
        void areNotJoinedWithWhatIsForEverybody() {
            alice.enter("a");

            fixture.broadcast("a", "1");
            fixture.hub.sendToAll(fixture.buffer("all;"), Optional.empty());
            fixture.broadcast("a", "2");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;", "all;", "a2;");
        }

        @Test
        void areJoinedUpTo64KiB() {
            alice.enter("a");
            String large = "1".repeat(30_000);

            for (int i = 0; i < 5; i++) {
                fixture.broadcast("a", large);
            }
            fixture.broadcast("a", "2".repeat(100_000));
            fixture.settle();

            assertThat(alice.received).map(String::length).containsExactly(60_004, 60_004, 30_002, 100_002);
        }

        @Test
        void areNotHeldBackOverRounds() {
            alice.enter("a");
            fixture.broadcast("a", "1");
            fixture.settle();
            fixture.broadcast("a", "2");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;", "a2;");
        }
    }

    @Nested
    final class MessagesForEverybody {
        @Test
        void reachAllSocketsThatAreConnectedButOne() {
            bob.disconnect();
            fixture.hub.sendToAll(fixture.buffer("all;"), Optional.of(alice.id()));
            fixture.settle();

            assertThat(alice.received).isEmpty();
            assertThat(bob.received).isEmpty();
            assertThat(carol.received).containsExactly("all;");
        }
    }

    @Nested
    final class ASocket {
        @Test
        void getsEachBroadcastOnceHoweverOftenItEntered() {
            alice.enter("a").enter("a");
            fixture.broadcast("a", "1");
            fixture.settle();
            assertThat(alice.received).containsExactly("a1;");

            alice.leave("a");
            fixture.broadcast("a", "2");
            fixture.settle();
            assertThat(alice.received).containsExactly("a1;");
        }

        @Test
        void getsNothingOnceItLeftEvenOfWhatWasOnItsWay() {
            alice.enter("a");
            bob.enter("a");
            fixture.broadcast("a", "1");
            alice.leave("a");
            fixture.settle();

            assertThat(alice.received).isEmpty();
            assertThat(bob.received).containsExactly("a1;");
        }

        @Test
        void mayLeaveWhereItIsNot() {
            bob.enter("a");
            alice.leave("a");
            alice.leave("b");
            bob.leave("a");
            bob.leave("a");

            assertThat(fixture.hub.of(alice).channelCount()).isZero();
        }

        @Test
        void mayComeBack() {
            alice.enter("a").leave("a");
            alice.enter("a");
            fixture.broadcast("a", "1");
            fixture.settle();

            assertThat(alice.received).containsExactly("a1;");
            assertThat(fixture.hub.of(alice).channelCount()).isEqualTo(1);
        }

        @Test
        void mustLiveOnALoopOfTheHub() {
            Hub other = new Hub((channel, event, data) -> fixture.buffer(""), PeerNodes.NONE, List.of(), () -> 0);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.of(alice))
                    .withMessageContaining("expected: one of this hub's");
        }
    }

    @Test
    void itIsKnownWhichJoinedChannelsANameEndsIn() {
        alice.enter("news");
        carol.enter("app_news");
        bob.enter("other");

        CompletionStage<Set<String>> ends = fixture.hub.joinedEndsOf("my_app_news");
        fixture.settle();

        assertThat(ends).isCompletedWithValue(Set.of("news", "app_news"));
    }

    @Test
    void whispersReachTheOthersHereAndOnAllNodes() {
        alice.enter("a");
        bob.enter("a");
        carol.enter("a");

        fixture.hub.whisper(
                Channel.of("a"), new Whisper(Json.string("client-typing"), Json.of("1"), List.of()), alice.id());
        fixture.settle();

        assertThat(alice.received).isEmpty();
        assertThat(bob.received).containsExactly("a1;");
        assertThat(carol.received).containsExactly("a1;");
        assertThat(fixture.toPeers).containsExactly("a \"client-typing\" 1");
    }

    @Test
    void whispersWithAttachmentsAreEncodedOnceForEachFormThatSocketsTakeAndStayInOrder() {
        List<String> encoded = new ArrayList<>();
        BinaryEncoder older = (channel, whisper) -> form("older", channel, whisper, encoded);
        BinaryEncoder newer = (channel, whisper) -> form("newer", channel, whisper, encoded);
        HubFixture.Socket dave = fixture.socket("4.4").taking(newer).enter("a");
        alice.taking(newer).enter("a");
        bob.taking(newer).enter("a");
        HubFixture.Socket erin = fixture.socket("5.5").taking(older).enter("a");

        whisper("1", List.of());
        whisper("2", List.of(new byte[3], new byte[4]));
        whisper("3", List.of());
        fixture.settle();

        assertThat(List.of(bob, dave))
                .allSatisfy(socket ->
                        assertThat(socket.received).containsExactly("a1;", "newer a \"client-draw\" 2 7 bytes", "a3;"));
        assertThat(erin.received).containsExactly("a1;", "older a \"client-draw\" 2 7 bytes", "a3;");
        assertThat(alice.received).isEmpty();
        assertThat(encoded).containsExactlyInAnyOrder("newer", "older");
        List.of(bob, dave, erin).forEach(HubFixture.Socket::flush);
        assertThat(fixture.unreleased()).isZero();
    }

    private void whisper(String data, List<byte[]> attachments) {
        fixture.hub.whisper(
                Channel.of("a"), new Whisper(Json.string("client-draw"), Json.of(data), attachments), alice.id());
    }

    private ByteBuf form(String name, String channel, Whisper whisper, List<String> encoded) {
        encoded.add(name);
        int bytes = whisper.attachments().stream().mapToInt(each -> each.length).sum();
        return fixture.buffer(
                name + " " + channel + " " + whisper.event() + " " + whisper.data() + " " + bytes + " bytes");
    }
}
