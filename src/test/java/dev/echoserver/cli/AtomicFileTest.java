package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file.json"), text);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void becomesAnotherFile() throws IOException {
        Path file = file("a longer text");
        Object before = Files.getAttribute(file, "unix:ino");

        AtomicFile.replace(file, "new");

        assertThat(file).hasContent("new");
        assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(before);
        assertThat(names()).containsExactly("file.json");
    }

    @Test
    void thatCannotBeReplacedIsOverwritten() throws IOException {
        Path file = file("a longer text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        Object before = Files.getAttribute(file, "unix:ino");

        AtomicFile.replace(link, "new", (fresh, old) -> {
            throw new FileSystemException(old.toString(), fresh.toString(), "Device or resource busy");
        });
        assertThat(file).hasContent("new");
        AtomicFile.replace(link, "newer text", (fresh, old) -> {
            throw new AtomicMoveNotSupportedException(fresh.toString(), old.toString(), "Invalid cross-device link");
        });

        assertThat(file).hasContent("newer text");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(link).isSymbolicLink();
        assertThat(names()).containsExactly("file.json", "link.json");
    }

    @Test
    void holdsTheNewTextBesideItWhileItIsOverwritten() throws IOException {
        Path file = file("old");

        AtomicFile.replace(file, "new", (fresh, old) -> {
            assertThat(fresh).hasContent("new");
            assertThat(fresh.getFileName().toString()).startsWith(".file.json").endsWith(".new");
            throw new FileSystemException("busy");
        });

        assertThat(file).hasContent("new");
    }

    @Test
    void thatMayNotBeWrittenStaysAsItIs() throws IOException {
        Path file = file("old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        if (Files.isWritable(file)) {
            return; // Root may write everything.
        }

        assertThatThrownBy(() -> AtomicFile.replace(file, "new", (fresh, old) -> {
                    throw new FileSystemException("busy");
                }))
                .hasMessage("busy");
        assertThat(file).hasContent("old");
    }

    @Test
    void inAFolderThatMayNotBeWrittenIsOverwritten() throws IOException {
        Path file = file("a longer text");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            AtomicFile.replace(file, "new");
            assertThat(file).hasContent("new");
            AtomicFile.writePrivately(file, "secret");
            assertThat(file).hasContent("secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void thatIsNoTextIsOverwritten() throws IOException {
        Path file = Files.write(folder.resolve("file.json"), new byte[] {'{', (byte) 0xE9, '}'});

        AtomicFile.replace(file, "new", (fresh, old) -> {
            throw new FileSystemException("busy");
        });

        assertThat(file).hasContent("new");
    }

    @Test
    void thatEverybodyCanReadAndNobodyCanMakePrivateGetsNoSecret() throws IOException {
        Path foreign = Path.of("/proc/self/comm");
        if (!Files.isWritable(foreign)) {
            Requirement.unmet("/proc/self/comm: no such file (expected: a file whose permissions cannot be changed)");
        }
        String before = Files.readString(foreign);

        assertThatThrownBy(() -> AtomicFile.writePrivately(foreign, "secret"))
                .hasMessageContaining("its permissions cannot be changed, and everybody can read it");
        assertThat(Files.readString(foreign)).isEqualTo(before);
    }

    @Test
    void thatIsAMountPointIsOverwritten() throws IOException, InterruptedException {
        Path mounted = file(CliFixture.EMPTY_CONFIG);
        Path real = Files.writeString(folder.resolve("real.json"), CliFixture.EMPTY_CONFIG);
        if (command("mount", "--bind", real.toString(), mounted.toString()) != 0) {
            Requirement.unmet("mount --bind: refused (expected: root, with the right to mount)");
        }
        try {
            CliFixture cli = new CliFixture(folder);
            assertThat(cli.run("client:add", "shop", "--config", "file.json"))
                    .as(cli.err())
                    .isZero();
            assertThat(Files.readString(real)).contains("\"shop\"");
            assertThat(cli.run("client:remove", "shop", "--config", "file.json"))
                    .as(cli.err())
                    .isZero();
            assertThat(real).hasContent(CliFixture.EMPTY_CONFIG);
            assertThat(cli.answering("", "init", "--yes", "--force", "--config", "file.json", "--redis-password", "p"))
                    .as(cli.err())
                    .isZero();
            assertThat(Files.readString(real)).contains("\"authEndpoint\"");
        } finally {
            assertThat(command("umount", mounted.toString())).isZero();
        }
    }

    private static int command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
