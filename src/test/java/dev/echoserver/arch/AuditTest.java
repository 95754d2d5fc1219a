package dev.echoserver.arch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void failsForAVersionWithAKnownAdvisory() throws Exception {
        Ended ended = audit(
                "bom.cdx.json",
                bom(
                        "pkg:maven/io.netty/netty-codec-http@4.2.16.Final",
                        "pkg:maven/io.netty/netty-anything@4.2.12.Final",
                        "pkg:maven/ch.qos.logback/logback-core@1.5.18",
                        "pkg:maven/com.fasterxml.jackson.core/jackson-core@2.22.0"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("4 components")
                .contains("netty-codec-http 4.2.16.Final", "CVE-2026-59903")
                .contains("netty-anything 4.2.12.Final", "CVE-2026-42578")
                .contains("logback-core 1.5.18", "CVE-2025-11226")
                .contains("jackson-core 2.22.0", "CVE-2026-68494");
    }

    @Test
    void passesTheVersionsInWhichThatIsFixedAndOtherPackages() throws Exception {
        Ended ended = audit(
                "bom.cdx.json",
                bom(
                        "pkg:maven/io.netty/netty-codec-http@4.2.18.Final",
                        "pkg:maven/io.netty/netty-codec-http@4.1.138.Final",
                        "pkg:maven/ch.qos.logback/logback-core@1.5.25",
                        "pkg:maven/org.example/netty-codec-http@4.2.0.Final"));

        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private static String bom(String... purls) {
        return Stream.of(purls)
                .map(purl -> "{\"purl\":\"" + purl + "?type=jar\",\"version\":\"" + purl.split("@", 2)[1] + "\"}")
                .collect(Collectors.joining(",", "{\"components\":[", "]}"));
    }

    @Test
    void readsLockFilesAndWhatIsAcceptedThere() throws Exception {
        String parser = "{\"name\":\"socket.io-parser\",\"version\":\"%s\",\"integrity\":\"sha512-AA==\"}";
        Ended ended = audit(
                "package-lock.json",
                "{\"packages\":{\"\":{},\"node_modules/a\":" + parser.formatted("4.2.6") + ",\"node_modules/b\":"
                        + parser.formatted("4.2.7") + ",\"node_modules/c\":" + parser.formatted("4.0.5") + "}}");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("socket.io-parser 4.2.6").doesNotContain("4.2.7 in", "4.0.5 in");
    }

    @Test
    void failsForAPackageWithoutAChecksum() throws Exception {
        Ended ended = audit("package-lock.json", "{\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\"}}}");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("node_modules/a has no checksum");
    }
}
