package dev.echoserver.presence;

import java.util.List;

/**
 * Who is in a presence channel.
 *
 * @param version changes announced with a version up to this one are contained
 * @param members one entry per user, the newest connection's first
 */
public record Roster(long version, List<Member> members) {
    public Roster {
        members = List.copyOf(members);
    }
}
