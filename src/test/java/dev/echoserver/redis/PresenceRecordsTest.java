package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.presence.Member;
import dev.echoserver.presence.Roster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresenceRecordsTest {
    private static final String OLD = "3 node 3 \u00e91{\"user_id\":\"\u00e91\",\"tab\":1}";
    private static final String NEW = "5 node 3 \u00e91{\"user_id\":\"\u00e91\",\"tab\":2}";
    private static final String OTHER = "4 other 1 7{\"user_id\":7}";

    private static List<Object> answer(String... records) {
        return List.of(
                "9".getBytes(UTF_8),
                Stream.of(records).map(record -> record.getBytes(UTF_8)).toList());
    }

    private static List<String> texts(List<Member> members) {
        return members.stream().map(member -> member.json().toString()).toList();
    }

    @Test
    void haveOneEntryForEachUser() {
        Roster roster = PresenceRecords.roster(answer(OLD, OTHER, NEW));

        assertThat(roster.version()).isEqualTo(9);
        assertThat(texts(roster.members())).containsExactly("{\"user_id\":\"\u00e91\",\"tab\":2}", "{\"user_id\":7}");
        assertThat(texts(PresenceRecords.users(answer(NEW, OTHER, OLD))))
                .containsExactly("{\"user_id\":\"\u00e91\",\"tab\":1}", "{\"user_id\":7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "1 node",
                "1 node 1",
                "1 node 1 ",
                "1 node 99 7{}",
                "1 node 1 7",
                "1 node 1 7]",
                "1 node -1 7{}",
                "-1 node 1 7{}",
                "9999999999999999999 node 1 7{}",
                "1 node 9999999999 7{}"
            })
    void areReadWithoutWhatNoNodeHasWritten(String foreign) {
        assertThat(texts(PresenceRecords.roster(answer(OTHER, foreign)).members()))
                .containsExactly("{\"user_id\":7}");
    }
}
