package dev.echoserver.arch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit of the dependencies ({@code .ci/audit}). */
final class AuditTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private Ended audit(String name, String content) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name), content);
        Process process = new ProcessBuilder("node", ".ci/audit.mjs", file.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:maven/io.netty/netty-codec-http, 4.2.16.Final, CVE-2026-59903",
        "pkg:maven/io.netty/netty-codec-http, 4.2.18.Final, ''",
        "pkg:maven/io.netty/netty-codec-http, 4.1.138.Final, ''",
        "pkg:maven/io.netty/netty-anything, 4.2.12.Final, CVE-2026-42578",
        "pkg:maven/ch.qos.logback/logback-core, 1.5.18, CVE-2025-11226",
        "pkg:maven/ch.qos.logback/logback-core, 1.5.25, ''",
        "pkg:maven/com.fasterxml.jackson.core/jackson-core, 2.22.0, CVE-2026-68494",
        "pkg:maven/org.example/netty-codec-http, 4.2.0.Final, ''"
    })
    void failsForAVersionWithAKnownAdvisory(String name, String version, String id) throws Exception {
        Ended ended = audit(
                "bom.cdx.json",
                "{\"components\":[{\"purl\":\"" + name + "@" + version + "?type=jar\",\"version\":\"" + version
                        + "\"}]}");

        assertThat(ended.code()).isEqualTo(id.isEmpty() ? 0 : 1);
        assertThat(ended.output()).contains("1 components", id);
    }

    @ParameterizedTest
    @CsvSource({"4.2.6, 1", "4.2.7, 0", "4.0.5, 0"})
    void readsLockFilesAndWhatIsAcceptedThere(String version, int code) throws Exception {
        Ended ended = audit(
                "package-lock.json",
                "{\"packages\":{\"\":{},\"node_modules/parser\":{\"name\":\"socket.io-parser\",\"version\":\"" + version
                        + "\",\"integrity\":\"sha512-AA==\"}}}");

        assertThat(ended.code()).as(ended.output()).isEqualTo(code);
    }

    @Test
    void failsForAPackageWithoutAChecksum() throws Exception {
        Ended ended = audit("package-lock.json", "{\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\"}}}");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("node_modules/a has no checksum");
    }
}
