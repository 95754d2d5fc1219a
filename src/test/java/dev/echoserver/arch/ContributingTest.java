package dev.echoserver.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ContributingTest {
    /** The first cell of a row that names versions. */
    private static final Pattern STAYS = Pattern.compile("(?m)^\\| ([^|]*\\d[^|]*) \\|");

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(\\.Final)?");

    @Test
    void namesTheVersionsThatAreUsed() throws IOException {
        String used = contentOf("pom.xml") + contentOf("src/test/js/package.json") + contentOf(".ci/audit");

        assertThat(STAYS.matcher(contentOf("CONTRIBUTING.md")).results().flatMap(ContributingTest::versions))
                .isNotEmpty()
                .allSatisfy(version -> assertThat(used).contains(version));
    }

    private static Stream<String> versions(MatchResult row) {
        return VERSION.matcher(row.group(1)).results().map(MatchResult::group);
    }

    private static String contentOf(String file) throws IOException {
        return Files.readString(Path.of(file));
    }
}
