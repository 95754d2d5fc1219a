package dev.echoserver.php;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "export A=b            | b",
                "export   A = b        | b",
                "A=b # comment         | b",
                "A='b # ${B} \\n'      | `b # ${B} \\n`",
                "A=\"b # c\" # d       | b # c",
                "A=\"b \\\"c\\\"\"     | `b \"c\"`",
                "A=\"C:\\dir\"         | `C:\\dir`",
                "A=My App              | My App",
                "A=\"My App            | `\"My App`",
                "A=it's                | it's",
                "A=                    | ``"
            })
    void takesAValueAsLaravelDoesOrElseTheLine(String line, String value) {
        assertThat(EnvText.parse(line, Map.of())).containsEntry("A", value);
    }

    @Test
    void readsValuesOfSeveralLinesAndWhatFollows() {
        assertThat(EnvText.parse("A=\"one\r\ntwo\"\r\nB='x\ny'\nC=d\r\n", Map.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "one\r\ntwo", "B", "x\ny", "C", "d"));
    }

    @Test
    void replacesVariablesOfTheProcessAndOfLinesAbove() {
        assertThat(EnvText.parse("A=1\nB=${A}-${P}-${LATER}\nLATER=2\n", Map.of("P", "p", "A", "process")))
                .containsEntry("B", "process-p-${LATER}");
    }

    @Test
    void leavesOutWhatIsNoVariableAndTheMarkAtTheBeginning() {
        assertThat(EnvText.parse("\uFEFFA=1\n# B=2\nC\n=3\nexport\nmy name=4\n", Map.of()))
                .containsExactlyEntriesOf(Map.of("A", "1"));
    }

    @Test
    void endsLinesAtEachKindOfLineEnd() {
        assertThat(EnvText.parse("A=1\rB=2\r# C=3\rD=\r\nE=5\r\n\nF='6'\rG=7", Map.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "2", "D", "", "E", "5", "F", "6", "G", "7"));
    }
}
