package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.fuzz.FuzzInput;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.Roster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What nodes leave for each other in Redis, where other programs may write too: what is read is the same when it is
 * written and read again, and what makes no sense costs nothing but itself.
 */
public final class NodeMessagesFuzz implements PresenceListener {
    private NodeMessagesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.below(3)) {
            case 0 -> checkAnnouncement(input.rest());
            case 1 -> checkSeat(input.rest());
            default -> checkRecords(input);
        }
    }

    private static void checkAnnouncement(byte[] payload) {
        Announcement.read(payload).ifPresent(change -> {
            change.tell(new NodeMessagesFuzz());
            String written =
                    "[\"" + change.kind() + "\"," + Json.string(change.channel().name()) + ","
                            + Json.string(change.socket().value()) + "," + change.version() + ","
                            + change.member().json() + "]";
            assertThat(Announcement.read(written.getBytes(UTF_8)).map(Object::toString))
                    .contains(change.toString());
        });
    }

    private static void checkSeat(byte[] bytes) {
        Seat.of(bytes).ifPresent(seat -> assertThat(Seat.of(seat.bytes())).contains(seat));
    }

    private static void checkRecords(FuzzInput input) {
        List<byte[]> records = new ArrayList<>();
        while (input.hasMore()) {
            records.add(input.line());
        }
        String sound = "{\"user_id\":\"nobody else\"}";
        records.add(records.size() / 2, ("3 node 11 nobody else" + sound).getBytes(UTF_8));
        List<Object> answer = List.of("7".getBytes(US_ASCII), records);
        Roster roster = PresenceRecords.roster(answer);
        List<Member> users = PresenceRecords.users(answer);
        assertThat(roster.version()).isEqualTo(7);
        assertThat(idsOf(roster.members())).contains("nobody else").isEqualTo(idsOf(users));
        assertThat(users.size())
                .isLessThanOrEqualTo(records.size())
                .isEqualTo(idsOf(users).size());
    }

    private static Set<String> idsOf(List<Member> members) {
        Set<String> ids = new HashSet<>();
        members.forEach(member -> ids.add(member.userId()));
        return ids;
    }

    @Override
    public void joining(PresenceChannel channel, Member member, SocketId socket, long version) {
        assertThat(version).isNotNegative();
    }

    @Override
    public void leaving(PresenceChannel channel, Member member, long version) {
        assertThat(version).isNotNegative();
    }

    @Override
    public void refresh() {
        throw new IllegalStateException("refresh: asked for (expected: by no message)");
    }
}
