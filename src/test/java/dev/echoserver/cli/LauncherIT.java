package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/echo-server} in folders made for it, with a program that only tells how it was started. */
final class LauncherIT {
    @TempDir
    private Path temporary;

    private Path home;
    private Path elsewhere;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(temporary.resolve("opt/echo server"));
        elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("bin/echo-server"), launcher(), StandardCopyOption.COPY_ATTRIBUTES);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("JAVA_OPTS", "");
        variables.put("ECHO_SERVER_JAVA_OPTS", "");
    }

    private Path launcher() {
        return home.resolve("bin/echo-server");
    }

    private String run(int exitCode, Path command, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = command.toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (RunningProgram program = RunningProgram.start(elsewhere, variables, all)) {
            int actual = program.exitCode();
            assertThat(actual).as(program.output()).isEqualTo(exitCode);
            return program.output();
        }
    }

    private static void makeJar(Path jar) throws IOException {
        Files.createDirectories(Objects.requireNonNull(jar.getParent()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Probe.class.getName());
        String entry = Probe.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(file, manifest);
                InputStream content =
                        Objects.requireNonNull(LauncherIT.class.getClassLoader().getResourceAsStream(entry))) {
            zip.putNextEntry(new ZipEntry(entry));
            content.transferTo(zip);
        }
    }

    private Path script(String name, String body) throws IOException {
        Path script = Files.writeString(
                Files.createDirectories(temporary.resolve("path")).resolve(name), "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Programs of {@code path} come first. */
    private void usePath() {
        variables.put("PATH", temporary.resolve("path") + ":" + System.getenv("PATH"));
    }

    @Nested
    final class Installed {
        @BeforeEach
        void install() throws IOException {
            makeJar(home.resolve("echo-server.jar"));
        }

        @Test
        void runsFromAnyFolderWithItsArguments() {
            assertThat(run(3, launcher(), "publish", "a b", "{\"x\": \"*\"}"))
                    .contains("folder=" + elsewhere, "arguments=[publish, a b, {\"x\": \"*\"}]", "-XX:+UseSerialGC");
        }

        @Test
        void runsThroughSymbolicLinks() throws IOException {
            Path absolute = Files.createSymbolicLink(temporary.resolve("absolute"), launcher());
            Path relative = Files.createSymbolicLink(temporary.resolve("relative"), Path.of("absolute"));

            assertThat(run(3, relative, "x")).contains("arguments=[x]");
            assertThat(run(3, absolute, "x")).contains("arguments=[x]");
        }

        @Test
        void runsUnderNodeAlsoInsideAProjectOfModules() throws IOException {
            Requirement.program("node");
            Path link = Files.createSymbolicLink(temporary.resolve("link"), launcher());
            Files.writeString(temporary.resolve("package.json"), "{\"type\": \"module\"}");
            Files.copy(Path.of("bin/package.json"), home.resolve("bin/package.json"));

            assertThat(run(3, Path.of("node"), link.toString(), "publish", "a b", "'*'"))
                    .contains("folder=" + elsewhere, "arguments=[publish, a b, '*']", "-XX:+UseSerialGC");
        }

        @Test
        void addsOptionsOfJava() {
            variables.put("JAVA_OPTS", "-Da=1 -Db=2");
            variables.put("ECHO_SERVER_JAVA_OPTS", "-Dc=3");

            assertThat(run(3, launcher())).contains("-Da=1, -Db=2, -Dc=3]");
        }

        @Test
        void fallsBackToThePathWhenJavaHomeIsWrong() throws IOException {
            script("java", "exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
            usePath();
            variables.put("JAVA_HOME", "/nowhere");

            assertThat(run(3, launcher(), "x")).contains("JAVA_HOME is /nowhere", "arguments=[x]");
        }

        @Test
        void saysWhatToInstallWhenJavaIsTooOld() throws IOException {
            script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
            usePath();
            variables.put("JAVA_HOME", "");
            assertThat(run(1, launcher())).contains("Java 17", "apt install openjdk-17-jre-headless");

            script("java", "echo 'java version \"1.8.0_392\"' >&2\n");
            assertThat(run(1, launcher())).contains("Java 17");
        }
    }

    @Nested
    final class Checkout {
        private Path jar;

        @BeforeEach
        void checkOut() throws IOException {
            jar = home.resolve("target/echo-server.jar");
            Files.writeString(home.resolve("pom.xml"), "<project/>");
            Files.createDirectories(home.resolve("src/main/java"));
            Files.writeString(home.resolve("src/main/java/A.java"), "class A {}");
            makeJar(temporary.resolve("built.jar"));
            script(
                    "mvn",
                    "echo noise of maven; mkdir -p target; cp -p '" + temporary.resolve("built.jar")
                            + "' target/echo-server.jar; : > target/echo-server.jsa\n");
            usePath();
        }

        @Test
        void isBuiltOnceAndAgainWhenASourceIsNewer() throws IOException {
            assertThat(run(3, launcher(), "x"))
                    .contains("Building echo-server (first start, about a minute)…", "arguments=[x]")
                    .doesNotContain("noise of maven");
            assertThat(run(3, launcher(), "x")).doesNotContain("Building");

            Files.setLastModifiedTime(
                    home.resolve("src/main/java/A.java"),
                    FileTime.from(Instant.now().plusSeconds(60)));
            assertThat(run(3, launcher(), "x")).contains("Building");
        }

        @Test
        void showsWhatMavenSaidWhenItFails() throws IOException {
            script("mvn", "echo noise of maven; exit 1\n");

            assertThat(run(1, launcher())).contains("noise of maven", "Building echo-server failed");
            assertThat(jar).doesNotExist();
        }
    }

    @Test
    void saysThatTheInstallationIsIncomplete() {
        assertThat(run(1, launcher())).contains("Is the installation complete?");
    }

    /** Prints how it was started. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.out.println("folder=" + Path.of("").toAbsolutePath());
            System.out.println("arguments=" + Arrays.toString(arguments));
            System.out.println("options=" + ManagementFactory.getRuntimeMXBean().getInputArguments());
            System.exit(3);
        }
    }
}
