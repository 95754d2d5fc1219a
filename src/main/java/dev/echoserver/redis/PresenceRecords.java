package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.Roster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the scripts of a presence channel answer: the version, then the records
 * {@code <version> <node> <bytes of user> <user><member as JSON>}.
 */
final class PresenceRecords {
    private static final Pattern HEAD = Pattern.compile("(\\d{1,18}) [^ ]* (\\d{1,8}) ");

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
            entry((byte[]) record).ifPresent(entries::add);
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

    /** Empty for what no node has written: one such record must not keep everybody out of the channel. */
    private static Optional<Entry> entry(byte[] record) {
        Matcher head = HEAD.matcher(new String(record, ISO_8859_1));
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        int user = head.end();
        int json = user + Integer.parseInt(head.group(2));
        if (json >= record.length || record[json] != '{') {
            return Optional.empty();
        }
        Member member =
                new Member(new String(record, user, json - user, UTF_8), new Json(record, json, record.length - json));
        return Optional.of(new Entry(Long.parseLong(head.group(1)), member));
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, UTF_8));
    }
}
