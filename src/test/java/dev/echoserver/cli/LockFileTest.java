package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockFileTest {
    @TempDir
    private Path folder;

    private LockFile lock;

    @BeforeEach
    void prepare() {
        lock = LockFile.beside(folder.resolve("echo-server.json"));
    }

    @Test
    void isNamedAfterTheConfigFile() {
        assertThat(lock.path()).isEqualTo(folder.resolve("echo-server.lock"));
        assertThat(LockFile.beside(folder.resolve("my.conf")).path()).isEqualTo(folder.resolve("my.conf.lock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"process\":null}", "{\"process\":-1}", "{\"process\":\"x\"}", "\u0000"})
    void locksNobodyOutWhenItIsBroken(String content) throws IOException {
        Files.writeString(lock.path(), content);

        assertThat(lock.owner()).isEmpty();
    }

    @Test
    void isReleasedOnlyByItsOwner() throws IOException {
        Files.writeString(lock.path(), "{\"process\":1}");
        lock.release();
        assertThat(lock.path()).exists();

        lock.write();
        lock.release();
        assertThat(lock.path()).doesNotExist();
    }

    @Nested
    final class OfAnotherProcess {
        private Process process;

        @BeforeEach
        void start() throws IOException {
            process = new ProcessBuilder("sh", "-c", "read line # echo-server").start();
            name(process);
        }

        @AfterEach
        void end() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        private void name(Process owner) throws IOException {
            Files.writeString(lock.path(), "{\n\t\"process\": " + owner.pid() + "\n}");
        }

        @Test
        void hasAnOwnerWhileThatServerRuns() throws InterruptedException {
            assertThat(lock.owner()).contains(process.toHandle());

            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(lock.owner()).isEmpty();
        }

        @Test
        void isStaleWhenTheProcessIsYounger() throws IOException {
            Files.setLastModifiedTime(lock.path(), FileTime.from(Instant.now().minusSeconds(60)));

            assertThat(lock.owner()).isEmpty();
        }

        @Test
        void isStaleWhenTheProcessIsAnotherProgram() throws IOException, InterruptedException {
            Process other = new ProcessBuilder("sh", "-c", "read line # another program").start();
            try {
                name(other);

                assertThat(lock.owner()).isEmpty();
            } finally {
                other.destroyForcibly();
                assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }

        @Test
        void refusesASecondServer() {
            CliFixture cli = new CliFixture(folder).withFile("echo-server.json", "{}");

            assertThat(cli.run("start")).isEqualTo(1);
            assertThat(cli.err()).contains("There is already a server running", "--force");
            assertThat(cli.out()).isEmpty();
            assertThat(process.isAlive()).isTrue();
        }

        @Test
        void givesWayToForce() {
            CliFixture cli = new CliFixture(folder).withFile("echo-server.json", "{}");

            assertThat(cli.run("start", "--force")).isZero();
            assertThat(process.isAlive()).isFalse();
        }

        @Test
        void isFoundByStopEvenWithoutTheConfigFile() {
            CliFixture cli = new CliFixture(folder);

            assertThat(cli.run("stop")).isZero();
            assertThat(cli.out()).isEqualToIgnoringNewLines("Closed the running server.");
            assertThat(process.isAlive()).isFalse();
            assertThat(lock.path()).doesNotExist();
        }
    }

    @Test
    void makesStopFailWhenThereIsNone() {
        CliFixture cli = new CliFixture(folder);

        assertThat(cli.run("stop")).isEqualTo(1);
        assertThat(cli.err()).contains("No server is running here", "/echo-server.lock", "/laravel-echo-server.lock");
    }
}
