package dev.echoserver.presence;

import dev.echoserver.channel.SocketId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sockets of one presence channel, oldest first. Not safe for threads. */
final class Room {
    private final Map<SocketId, Member> members = new LinkedHashMap<>();
    private final Map<String, Integer> socketsByUser = new LinkedHashMap<>();

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether it is the user's first socket here. One that is here already stays as it is. */
    boolean enter(SocketId socket, Member member) {
        return members.putIfAbsent(socket, member) == null
                && socketsByUser.merge(member.userId(), 1, Integer::sum) == 1;
    }

    /** The member whose last socket this was. */
    Optional<Member> exit(SocketId socket) {
        return Optional.ofNullable(members.remove(socket)).filter(member -> !staysWithout(member));
    }

    private boolean staysWithout(Member member) {
        return socketsByUser.computeIfPresent(member.userId(), (user, sockets) -> sockets == 1 ? null : sockets - 1)
                != null;
    }

    /** One entry per user, the newest socket's first. */
    List<Member> newestFirst() {
        List<Member> newestFirst = new ArrayList<>(members.values());
        Collections.reverse(newestFirst);
        return firstOfEachUser(newestFirst);
    }

    /** One entry per user, the oldest socket's first. */
    List<Member> oldestFirst() {
        return firstOfEachUser(new ArrayList<>(members.values()));
    }

    private static List<Member> firstOfEachUser(List<Member> all) {
        Set<String> seen = new HashSet<>();
        all.removeIf(member -> !seen.add(member.userId()));
        return all;
    }
}
