package dev.echoserver.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of presence channels does. */
public abstract class PresenceStoreContract {
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final PresenceChannel OTHER = new PresenceChannel("presence-other");
    private static final SocketId TAB_1 = new SocketId("1.1");
    private static final SocketId TAB_2 = new SocketId("1.2");
    private static final SocketId TAB_3 = new SocketId("1.3");
    private static final String ANN = "{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"}}";
    private static final String BOB = "{\"user_id\":\"b\",\"user_info\":null}";

    private final PresenceTrace trace = new PresenceTrace();
    private PresenceStore store = new MemoryPresenceStore(System::nanoTime);

    /** An opened store without any member, ready for use. */
    protected abstract PresenceStore openedStore(PresenceListener listener);

    @BeforeEach
    final void open() {
        store = openedStore(trace);
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void announcesTheFirstSocketOfAUserOnly() {
        join(ROOM, TAB_1, ANN);
        join(ROOM, TAB_2, ANN);

        trace.awaitLines("joining presence-r " + ANN + " by 1.1");
    }

    @Test
    void announcesTheLastSocketOfAUserOnly() {
        join(ROOM, TAB_1, ANN);
        join(ROOM, TAB_2, ANN);
        leave(ROOM, TAB_1);
        leave(ROOM, TAB_2);

        trace.awaitLines("joining presence-r " + ANN + " by 1.1", "leaving presence-r " + ANN);
        assertThat(members(ROOM)).isEmpty();
    }

    @Test
    void announcesAUserWhoComesBackAgain() {
        join(ROOM, TAB_1, ANN);
        leave(ROOM, TAB_1);
        join(ROOM, TAB_1, ANN);

        String joining = "joining presence-r " + ANN + " by 1.1";
        trace.awaitLines(joining, "leaving presence-r " + ANN, joining);
        assertThat(members(ROOM)).containsExactly(ANN);
    }

    @Test
    void countsASocketThatJoinsTwiceOnce() {
        join(ROOM, TAB_1, ANN);
        Roster again = join(ROOM, TAB_1, ANN);
        leave(ROOM, TAB_1);

        assertThat(texts(again)).containsExactly(ANN);
        trace.awaitLines("joining presence-r " + ANN + " by 1.1", "leaving presence-r " + ANN);
    }

    @Test
    void listsUsersByTheirOldestSocket() {
        String newer = "{\"user_id\":1,\"user_info\":\"newer\"}";
        join(ROOM, TAB_1, ANN);
        join(ROOM, TAB_2, BOB);
        join(ROOM, TAB_3, newer);
        assertThat(users(ROOM)).containsExactly(ANN, BOB);

        leave(ROOM, TAB_1);
        assertThat(users(ROOM)).containsExactly(BOB, newer);
        assertThat(users(OTHER)).isEmpty();
    }

    private List<String> users(PresenceChannel channel) {
        return done(store.users(channel)).stream()
                .map(user -> user.json().toString())
                .toList();
    }

    @Test
    void listsTheNewestFirstAndEachUserOnce() {
        join(ROOM, TAB_1, ANN);
        join(ROOM, TAB_2, BOB);
        assertThat(members(ROOM)).containsExactly(BOB, ANN);

        Roster roster = join(ROOM, TAB_3, ANN);
        assertThat(texts(roster)).containsExactly(ANN, BOB);
        leave(ROOM, TAB_3);

        assertThat(members(ROOM)).containsExactly(BOB, ANN);
    }

    @Test
    void showsTheNewestOfWhatWasSaidOfAUser() {
        String renamed = "{\"user_id\":1,\"user_info\":{\"name\":\"Anna\"}}";
        join(ROOM, TAB_1, ANN);
        join(ROOM, TAB_2, renamed);

        assertThat(members(ROOM)).containsExactly(renamed);
    }

    @Test
    void takesANumberAndItsTextForTheSameUserAndKeepsTheTypes() {
        String number = "{\"user_id\":1}";
        String text = "{\"user_id\":\"1\"}";
        join(ROOM, TAB_1, number);
        assertThat(texts(join(ROOM, TAB_2, text))).containsExactly(text);
        leave(ROOM, TAB_2);
        leave(ROOM, TAB_1);

        trace.awaitLines("joining presence-r " + number + " by 1.1", "leaving presence-r " + number);
    }

    @Test
    void keepsChannelsApart() {
        join(ROOM, TAB_1, ANN);
        join(OTHER, TAB_1, ANN);
        leave(ROOM, TAB_1);

        trace.awaitLines(
                "joining presence-r " + ANN + " by 1.1",
                "joining presence-other " + ANN + " by 1.1",
                "leaving presence-r " + ANN);
        assertThat(members(ROOM)).isEmpty();
        assertThat(members(OTHER)).containsExactly(ANN);
    }

    @Test
    void forgivesALeaveWithoutAJoin() {
        leave(ROOM, TAB_1);
        join(ROOM, TAB_1, ANN);
        leave(ROOM, TAB_2);

        assertThat(members(ROOM)).containsExactly(ANN);
        trace.awaitLines("joining presence-r " + ANN + " by 1.1");
    }

    @Test
    void countsVersionsUpAndSaysWhichAreContained() {
        Roster first = join(ROOM, TAB_1, ANN);
        Roster second = join(ROOM, TAB_2, BOB);
        leave(ROOM, TAB_1);
        leave(ROOM, TAB_2);
        trace.awaitLines(
                "joining presence-r " + ANN + " by 1.1",
                "joining presence-r " + BOB + " by 1.2",
                "leaving presence-r " + ANN,
                "leaving presence-r " + BOB);

        List<Long> versions = trace.versions();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(first.version()).isEqualTo(versions.get(0));
        assertThat(second.version()).isEqualTo(versions.get(1));
        assertThat(done(store.roster(ROOM)).version()).isGreaterThanOrEqualTo(versions.get(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"\",\"user_info\":[]}",
                "{\"user_id\":\"a b 3 {}\\n\\u0000:\\\"\"}",
                "{\"user_id\":\"\u00e9\ud83d\ude00\",\"user_info\":{\"n\":\"\u20ac\\u20ac\\/\"}}",
                "{\"user_id\":123456789012345678901234567890,\"user_info\":{\"n\":1.10e400,\"m\":9007199254740993}}",
                "{\"user_info\":{\"z\":1,\"a\":{}},\"user_id\":-0.5}",
                "{ \"user_id\" : 1 , \"user_info\" : { } }",
                "{\"user_info\":{\"name\":\"guest\"}}",
                "{\"user_id\":null}",
                "{\"user_id\":true}"
            })
    void carriesAnyMemberToTheLetter(String json) {
        assertThat(texts(join(ROOM, TAB_1, json))).containsExactly(json);
        assertThat(texts(join(ROOM, TAB_2, json))).containsExactly(json);
        leave(ROOM, TAB_1);
        assertThat(members(ROOM)).containsExactly(json);
        leave(ROOM, TAB_2);

        trace.awaitLines("joining presence-r " + json + " by 1.1", "leaving presence-r " + json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "presence-",
                "presence-\u00e9\ud83d\ude00",
                "presence-{a}:members",
                "presence-a}:users{",
                "presence- /\\\"'%s%d*?[x]",
                "presence-x:members"
            })
    void takesAnyChannelAndSocket(String name) {
        PresenceChannel channel = new PresenceChannel(name);
        SocketId odd = new SocketId("-_ /\\\"\u00e9");
        join(channel, odd, ANN);
        assertThat(members(channel)).containsExactly(ANN);
        leave(channel, odd);

        trace.awaitLines("joining " + name + " " + ANN + " by " + odd, "leaving " + name + " " + ANN);
    }

    @Test
    void opensOnce() {
        assertThatIllegalStateException().isThrownBy(() -> store.open(trace));
    }

    @Test
    void closesTwice() {
        store.close();
        store.close();
    }

    private Roster join(PresenceChannel channel, SocketId socket, String json) {
        return done(store.join(channel, socket, Member.ofAny(Json.of(json)).orElseThrow()));
    }

    private void leave(PresenceChannel channel, SocketId socket) {
        done(store.leave(channel, socket));
    }

    private List<String> members(PresenceChannel channel) {
        return texts(done(store.roster(channel)));
    }

    private static List<String> texts(Roster roster) {
        return roster.members().stream().map(member -> member.json().toString()).toList();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }
}
