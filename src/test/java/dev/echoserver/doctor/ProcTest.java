package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt" + "   uid  timeout inode\n";

    @TempDir
    private Path root;

    private Proc proc;

    @BeforeEach
    void prepare() throws IOException {
        proc = new Proc(root);
        write(
                "net/tcp",
                HEADER + "   0: 0100007F:1771 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0"
                        + "        0 4711 1 0000000000000000 100 0 0 10 0\n");
        write(
                "net/tcp6",
                HEADER + "   0: 00000000000000000000000000000000:1772 00000000000000000000000000000000:0000 01"
                        + " 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0\n");
        process(12, "java\0-jar\0/opt/echo-server/lib/echo-server.jar\0start\0", "socket:[4711]");
        process(13, "nginx: worker process\0", "socket:[4712]");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void process(int pid, String command, String socket) throws IOException {
        write(pid + "/cmdline", command);
        Path files = Files.createDirectories(root.resolve(pid + "/fd"));
        Files.createSymbolicLink(files.resolve("5"), Path.of(socket));
    }

    @Test
    void findsWhoListensOnAPort() {
        assertThat(proc.listenerOn(6001)).hasValue(12L);
        assertThat(proc.serverOn(6001)).hasValue(12L);
    }

    @Test
    void takesAConnectionForNoListener() {
        assertThat(proc.listenerOn(6002)).isEmpty();
    }

    @Test
    void readsTheCommandLine() {
        assertThat(proc.command(12))
                .hasValueSatisfying(words -> assertThat(words).startsWith("java", "-jar"));
        assertThat(proc.command(99)).isEmpty();
    }

    @Test
    void readsTheLimitOnOpenFiles() throws IOException {
        write("12/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                """);
        write("13/limits", "Max open files            unlimited            unlimited            files     \n");

        assertThat(proc.maxOpenFiles(12)).hasValue(1024);
        assertThat(proc.maxOpenFiles(13)).hasValue(Integer.MAX_VALUE);
        assertThat(proc.maxOpenFiles(99)).isEmpty();
    }
}
