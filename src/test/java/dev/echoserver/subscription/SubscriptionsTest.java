package dev.echoserver.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceException;
import dev.echoserver.subscription.SubscriptionFixture.Asked;
import dev.echoserver.subscription.SubscriptionFixture.Client;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscriptionsTest {
    private static final String ALICE = "{\"user_id\":1}";
    private static final String BOB = "{\"user_id\":\"b\"}";
    private static final PresenceChannel LOBBY = new PresenceChannel("presence-lobby");

    private final SubscriptionFixture fixture = new SubscriptionFixture(new SubscriptionLimits(3, 22, true));
    private final Client first = fixture.client("1.1");
    private final Client second = fixture.client("2.2");

    private void joinLobby(Client client, String member) {
        client.join("presence-lobby");
        fixture.nextQuestion().grant(member);
        fixture.settle();
    }

    @Nested
    final class PublicChannels {
        @Test
        void areJoinedAtOnceAndOnlyOnce() {
            first.join("news");
            first.join("news");
            fixture.broadcast("news", "1");
            assertThat(fixture.asked).isEmpty();
            assertThat(fixture.trace).containsExactly("1.1 gets news \"e\" 1");
        }

        @Test
        void areLeft() {
            first.join("news");
            first.leave("news");
            first.leave("never joined");
            fixture.broadcast("news", "1");
            assertThat(fixture.trace).isEmpty();
        }

        @Test
        void areLimitedInNumber() {
            List.of("a", "b", "c", "d").forEach(first::join);
            first.leave("a");
            first.join("d");
            assertThat(fixture.trace).containsExactly("1.1 refused d 429");
        }

        @Test
        void haveNamesOfLimitedLengthWithoutControlCharacters() {
            first.join("é".repeat(11));
            first.join("é".repeat(11) + "x");
            first.join("a\nb");
            assertThat(fixture.trace)
                    .containsExactly("1.1 refused " + "é".repeat(11) + "x 400", "1.1 refused a\nb 400");
        }

        @Test
        void areNotThoseOnWhichServersTalk() {
            first.join("PresenceChannelUpdated");
            first.join("echo-server:peers");
            assertThat(fixture.trace)
                    .containsExactly("1.1 refused PresenceChannelUpdated 403", "1.1 refused echo-server:peers 403");
        }
    }

    @Nested
    final class GuardedChannels {
        @Test
        void askLaravelWithWhatTheClientShowed() {
            first.join("private-orders");
            Asked asked = fixture.nextQuestion();
            assertThat(asked.question().channel().name()).isEqualTo("private-orders");
            assertThat(asked.question().socket()).isEqualTo(first.id());
            assertThat(asked.question().credentials().cookie()).contains("laravel_session=1.1");
            assertThat(asked.question().credentials().forwardedFor()).isEqualTo("192.0.2.1");
        }

        @Test
        void areJoinedWhenLaravelAgrees() {
            first.join("private-orders");
            fixture.broadcast("private-orders", "1");
            fixture.nextQuestion().grant("{}");
            fixture.settle();
            fixture.broadcast("private-orders", "2");
            assertThat(fixture.trace).containsExactly("1.1 gets private-orders \"e\" 2");
        }

        @Test
        void areRefusedWhenLaravelDoesAndMayBeTriedAgain() {
            first.join("private-orders");
            fixture.nextQuestion().deny(403);
            fixture.settle();
            first.join("private-orders");
            assertThat(fixture.asked).hasSize(1);
            assertThat(fixture.trace).containsExactly("1.1 refused private-orders 403");
        }

        @Test
        void leaveNoGhostWhenTheSocketClosesDuringAuthorization() {
            first.join("presence-lobby");
            first.disconnect();
            fixture.nextQuestion().grant(ALICE);
            fixture.settle();
            fixture.broadcast("presence-lobby", "1");
            assertThat(fixture.trace).isEmpty();
            assertThat(fixture.store.sockets).isEmpty();
        }

        @Test
        void forgetAnAnswerThatComesAfterALeave() {
            first.join("private-orders");
            first.leave("private-orders");
            fixture.nextQuestion().deny(403);
            fixture.settle();
            assertThat(fixture.trace).isEmpty();
        }

        @Test
        void askAgainWhenJoinedAgainAfterALeave() {
            first.join("private-orders");
            first.leave("private-orders");
            first.join("private-orders");
            fixture.nextQuestion().deny(403);
            fixture.nextQuestion().grant("{}");
            fixture.settle();
            fixture.broadcast("private-orders", "1");
            assertThat(fixture.trace).containsExactly("1.1 gets private-orders \"e\" 1");
        }
    }

    @Nested
    final class PresenceChannels {
        @Test
        void tellWhoIsHereOnEachJoin() {
            joinLobby(first, ALICE);
            fixture.store.roster(1, ALICE);
            fixture.settle();
            first.join("presence-lobby");
            fixture.store.roster(1, ALICE);
            fixture.settle();
            assertThat(fixture.asked).isEmpty();
            assertThat(fixture.trace).containsExactly("1.1 here [" + ALICE + "]", "1.1 here [" + ALICE + "]");
        }

        @Test
        void announceOthersButNotOneselfNorWhoIsListed() {
            joinLobby(first, ALICE);
            fixture.store.listener().joining(LOBBY, new Member("b", Json.of(BOB)), second.id(), 6);
            fixture.store.listener().joining(LOBBY, new Member("1", Json.of(ALICE)), first.id(), 5);
            fixture.store.listener().leaving(LOBBY, new Member("b", Json.of(BOB)), 7);
            fixture.store.roster(6, BOB, ALICE);
            fixture.settle();
            assertThat(fixture.trace).containsExactly("1.1 here [" + BOB + ", " + ALICE + "]", "1.1 leaving " + BOB);
        }

        @Test
        void announceOnlyToTheirOwnSockets() {
            joinLobby(first, ALICE);
            fixture.store.roster(1, ALICE);
            fixture.settle();
            fixture.trace.clear();
            fixture.store.listener().joining(LOBBY, new Member("b", Json.of(BOB)), new SocketId("9.9"), 2);
            fixture.settle();
            assertThat(fixture.trace).containsExactly("1.1 joining " + BOB);
        }

        @Test
        void areTakenAgainWhenTheStoreAsks() {
            joinLobby(first, ALICE);
            fixture.store.rosters.remove(0).completeExceptionally(new PresenceException("down", new Exception()));
            fixture.settle();
            fixture.store.listener().joining(LOBBY, new Member("b", Json.of(BOB)), second.id(), 2);
            fixture.settle();
            assertThat(fixture.trace).isEmpty();
            fixture.store.listener().refresh();
            fixture.settle();
            fixture.store.roster(3, BOB, ALICE);
            fixture.settle();
            assertThat(fixture.trace).containsExactly("1.1 here [" + BOB + ", " + ALICE + "]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"user_info\":{\"name\":\"guest\"}}",
                    "{\"user_id\":null}",
                    "{\"user_id\":true}",
                    "{\"user_id\":false}",
                    "{\"user_id\":[1]}"
                })
        void refuseWhoHasNoIdUnlessTheyDoAsLaravelEchoServer(String member) {
            try (CapturedLog log = CapturedLog.of(Overruns.class)) {
                joinLobby(first, member);
                assertThat(fixture.trace).containsExactly("1.1 refused presence-lobby 403");
                assertThat(log.lines(Level.WARN))
                        .singleElement()
                        .asString()
                        .contains("has no user_id", "strictCompatibility");
            }
            SubscriptionFixture strict = new SubscriptionFixture(new SubscriptionLimits(3, 22, false));
            strict.client("1.1").join("presence-lobby");
            strict.nextQuestion().grant(member);
            strict.settle();
            assertThat(strict.store.sockets).containsExactly("presence-lobby 1.1");
            assertThat(strict.trace).isEmpty();
        }

        @Test
        void areLeftInTheStoreToo() {
            joinLobby(first, ALICE);
            joinLobby(second, BOB);
            assertThat(fixture.store.sockets).containsExactly("presence-lobby 1.1", "presence-lobby 2.2");
            first.leave("presence-lobby");
            second.disconnect();
            assertThat(fixture.store.sockets).isEmpty();
            fixture.store.roster(1, ALICE);
            fixture.settle();
            assertThat(fixture.trace).isEmpty();
        }
    }

    @Nested
    final class Whispers {
        @Test
        void reachTheOthersHereAndOnOtherNodes() {
            for (Client client : List.of(first, second)) {
                client.join("private-chat");
                fixture.nextQuestion().grant("{}");
            }
            fixture.settle();
            first.whisper("private-chat", "client-typing");
            assertThat(fixture.trace).containsExactly("2.2 gets private-chat \"client-typing\" 1");
            assertThat(fixture.peers).containsExactly("private-chat \"client-typing\" 1");
        }

        @Test
        void needAGuardedChannelThatTheSenderHasJoined() {
            first.join("news");
            second.join("news");
            second.join("private-chat");
            fixture.nextQuestion().grant("{}");
            fixture.settle();
            first.whisper("news", "client-typing");
            first.whisper("private-chat", "client-typing");
            first.join("private-chat");
            first.whisper("private-chat", "client-typing");
            assertThat(fixture.trace).isEmpty();
            assertThat(fixture.peers).isEmpty();
        }
    }

    /** What costs Laravel something waits for its turn, so that a page which joins a thousand channels gets them all. */
    @Nested
    final class ManyGuardedChannels {
        private static final int ALL = 1_000;

        private final SubscriptionFixture large = new SubscriptionFixture(new SubscriptionLimits(ALL, 200, true));
        private final Client page = large.client("1.1");

        private void joinAll() {
            IntStream.range(0, ALL).forEach(n -> page.join("private-" + n));
        }

        /** Laravel grants all that is asked, as long as something is. */
        private int grantAll() {
            int granted = 0;
            for (; !large.asked.isEmpty(); granted++) {
                large.nextQuestion().grant("{}");
                large.settle();
            }
            return granted;
        }

        @Test
        void areAllJoinedThoughOnlySoManyQuestionsAreOpenAtOnce() {
            joinAll();
            assertThat(large.asked).hasSize(JoinQueue.UNDER_WAY_AT_ONCE);
            assertThat(grantAll()).isEqualTo(ALL);
            assertThat(large.trace).isEmpty();
            large.broadcast("private-999", "1");
            assertThat(large.trace).containsExactly("1.1 gets private-999 \"e\" 1");
        }

        @Test
        void letAnotherPageAskAtOnce() {
            joinAll();
            large.client("2.2").join("private-orders");
            assertThat(large.asked).hasSize(JoinQueue.UNDER_WAY_AT_ONCE + 1);
        }

        @Test
        void areNotAskedAboutAnyMoreOnceTheyAreLeft() {
            joinAll();
            IntStream.range(0, ALL).forEach(n -> page.leave("private-" + n));
            assertThat(grantAll()).isEqualTo(JoinQueue.UNDER_WAY_AT_ONCE);
            page.join("private-again");
            assertThat(large.asked).hasSize(1);
        }

        @Test
        void endWithTheSocket() {
            joinAll();
            page.disconnect();
            assertThat(grantAll()).isEqualTo(JoinQueue.UNDER_WAY_AT_ONCE);
            assertThat(large.hub.loops().get(0).channelCount()).isZero();
        }

        @Test
        void areAskedAboutSlowerAndSlowerWhenAPageJoinsAndLeavesForEver() {
            int rounds = 10 * ALL;
            int asked = 0;
            for (int round = 0; round < rounds; round++) {
                page.join("private-loop");
                asked += grantAll();
                page.leave("private-loop");
            }
            assertThat(asked).isBetween(2 * ALL, 3 * ALL);
            page.join("private-orders");
            assertThat(large.asked).isEmpty();
            large.pass(Duration.ofMillis(100));
            assertThat(grantAll()).isEqualTo(1);
            large.broadcast("private-orders", "1");
            assertThat(large.trace).containsExactly("1.1 gets private-orders \"e\" 1");
        }

        @Test
        void haveTheHeadersThatTheyWereJoinedWith() {
            joinAll();
            page.leave("private-500");
            page.join("private-500", Map.of("X-User", "bob"));
            List<String> users = new ArrayList<>();
            while (!large.asked.isEmpty()) {
                Asked next = large.nextQuestion();
                users.addAll(next.question().credentials().headers().values());
                next.grant("{}");
                large.settle();
            }
            assertThat(users).containsExactly("bob");
        }

        @Test
        void mayNotBringOtherHeadersEach() {
            for (int n = 0; n < ALL; n++) {
                page.join("private-" + n, Map.of("X-Token", n + "x".repeat(1000)));
            }
            assertThat(grantAll()).isBetween(250, 300);
            assertThat(large.trace).hasSizeGreaterThan(700).allMatch(line -> line.matches("1.1 refused .* 429"));
        }
    }

    @Test
    void aRosterIsNotReadAgainForEachOfEndlessRepetitions() {
        joinLobby(first, ALICE);
        int reads = 0;
        for (int round = 0; round < 10_000; round++) {
            first.join("presence-lobby");
            while (!fixture.store.rosters.isEmpty()) {
                fixture.store.roster(1, ALICE);
                fixture.settle();
                reads++;
            }
        }
        assertThat(reads).isBetween(200, 300);
    }

    /** Whatever happens in whatever order: what is left is what the socket last asked for and Laravel last allowed. */
    @RepeatedTest(5_000)
    void leaveNothingBehindInAnyOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Client> open = new ArrayList<>(List.of(first, second));
        for (int step = 0; step < 30 && !open.isEmpty(); step++) {
            Client client = open.get(random.nextInt(open.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> client.join("presence-lobby");
                case 2 -> client.leave("presence-lobby");
                case 3 -> answer(random);
                case 4 ->
                    fixture.store.rosters.stream().findFirst().ifPresent(roster -> fixture.store.roster(step(random)));
                default -> {
                    if (random.nextInt(5) == 0) {
                        client.disconnect();
                        open.remove(client);
                    }
                }
            }
            fixture.settle();
        }
        open.forEach(Client::disconnect);
        while (!fixture.asked.isEmpty()) {
            answer(random);
        }
        fixture.settle();
        fixture.trace.clear();
        fixture.broadcast("presence-lobby", "1");
        assertThat(fixture.trace).isEmpty();
        assertThat(fixture.store.sockets).isEmpty();
        assertThat(fixture.hub.loops().get(0).channelCount()).isZero();
    }

    private static long step(Random random) {
        return random.nextInt(10);
    }

    private void answer(Random random) {
        if (!fixture.asked.isEmpty()) {
            Asked asked = fixture.asked.remove(random.nextInt(fixture.asked.size()));
            if (random.nextBoolean()) {
                asked.grant(ALICE);
            } else {
                asked.deny(403);
            }
        }
    }
}
