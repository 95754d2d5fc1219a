package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.Roster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what the scripts of a presence channel answer: the version, then the records
 * {@code <version> <node> <bytes of user> <user><member as JSON>}.
 */
final class PresenceRecords {
    private record Entry(long version, Member member) {}

    private PresenceRecords() {}

    /** One entry per user, the newest connection's, the newest first. */
    static Roster roster(List<?> answer) {
        Comparator<Entry> newestFirst = Comparator.comparingLong(Entry::version).reversed();
        return new Roster(number((byte[]) answer.get(0)), firstOfEachUser(answer, newestFirst));
    }

    /** One entry per user, the oldest connection's, the oldest first. */
    static List<Member> users(List<?> answer) {
        return firstOfEachUser(answer, Comparator.comparingLong(Entry::version));
    }

    private static List<Member> firstOfEachUser(List<?> answer, Comparator<Entry> order) {
        List<Entry> entries = new ArrayList<>();
        for (Object record : (List<?>) answer.get(1)) {
            entries.add(entry((byte[]) record));
        }
        entries.sort(order);
        List<Member> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries) {
            if (seen.add(entry.member().userId())) {
                members.add(entry.member());
            }
        }
        return members;
    }

    private static Entry entry(byte[] record) {
        int version = space(record, 0);
        int node = space(record, version + 1);
        int length = space(record, node + 1);
        int user = length + 1;
        int json = user + Integer.parseInt(new String(record, node + 1, length - node - 1, UTF_8));
        Member member =
                new Member(new String(record, user, json - user, UTF_8), new Json(record, json, record.length - json));
        return new Entry(Long.parseLong(new String(record, 0, version, UTF_8)), member);
    }

    private static int space(byte[] record, int from) {
        int at = from;
        while (record[at] != ' ') {
            at++;
        }
        return at;
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, UTF_8));
    }
}
