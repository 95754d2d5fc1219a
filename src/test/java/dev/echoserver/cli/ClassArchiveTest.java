package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassArchiveTest {
    @TempDir
    private Path folder;

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("echo server.jsa"), "").toRealPath();
    }

    private Path map(String... lines) throws IOException {
        return Files.writeString(folder.resolve("maps"), String.join("\n", lines) + "\n");
    }

    @Test
    void thatIsInUseNeedsNoWord() throws IOException {
        Path file = file();
        Path map = map("7f-80 rw-p 00001000 fe:00 1   /lib/classes.jsa", "80-81 rw-p 00001000 fe:00 2   " + file);
        Path link = Files.createSymbolicLink(folder.resolve("link.jsa"), file);

        assertThat(new ClassArchive(file, map).advice()).isEmpty();
        assertThat(new ClassArchive(link, map).advice()).isEmpty();
    }

    @Test
    void thatDoesNotFitIsToldWithTheCure() throws IOException {
        Path file = file();
        Path map = map("7f-80 rw-p 00001000 fe:00 1   /lib/classes.jsa", "80-81 rw-p 0 fe:00 2 " + file + " (deleted)");

        assertThat(new ClassArchive(file, map).advice())
                .hasValueSatisfying(advice -> assertThat(advice)
                        .startsWith("Notice: the class archive " + file + " does not fit: it was made by another Java")
                        .endsWith("Make it with: echo-server warm-up"));
    }

    @Test
    void thatIsMissingIsTold() throws IOException {
        assertThat(new ClassArchive(folder.resolve("none.jsa"), map("")).advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("none.jsa is missing"));
    }

    @Test
    void isLeftAloneWhereNothingIsKnown() throws IOException {
        assertThat(new ClassArchive(file(), folder.resolve("none")).advice()).isEmpty();
    }
}
