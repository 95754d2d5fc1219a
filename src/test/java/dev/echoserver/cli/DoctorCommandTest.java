package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.doctor.Finding;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DoctorCommandTest {
    private static final Finding FAULT = Finding.fault(
            "redis.auth", "Redis refuses the password", "Nothing arrives.", "write it:", "    \"password\": \"…\"");

    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder).withFile("echo-server.json", "{}");
    }

    @Test
    void saysThatAllIsWell() {
        cli.withFindings(Finding.ok("java", "Java 17"));

        assertThat(cli.run("doctor")).isZero();
        assertThat(cli.out().lines())
                .containsExactly(
                        "The configuration",
                        "  ✔ " + folder.resolve("echo-server.json") + " has no mistakes",
                        "",
                        "All of it",
                        "  ✔ Java 17",
                        "",
                        "All is well, as far as can be seen from here.");
    }

    @Test
    void showsAFaultWithWhyAndCureAndFails() {
        cli.withFindings(FAULT, Finding.notChecked("redis.acl", "Not checked: permissions"));

        assertThat(cli.run("doctor")).isEqualTo(1);
        assertThat(cli.out().lines())
                .containsSubsequence(
                        "  ✘ Redis refuses the password [redis.auth]",
                        "      Why:  Nothing arrives.",
                        "      Cure: write it:",
                        "                \"password\": \"…\"",
                        "  - Not checked: permissions",
                        "1 fault, no warnings. Mend the first fault and run it again.");
    }

    @Test
    void doesNotFailForAWarning() {
        cli.withFindings(Finding.warning("clock", "The clocks differ", "Later it matters.", "set it"));

        assertThat(cli.run("doctor")).isZero();
        assertThat(cli.out()).contains("  ! The clocks differ [clock]", "No faults, 1 warning.");
    }

    @Test
    void staysWithinTheWidthOfATerminalButKeepsALineToCopyInOnePiece() {
        String copy = "    " + "x".repeat(200);
        cli.withFindings(Finding.fault(
                "id", "word ".repeat(60).strip(), "why ".repeat(60).strip(), copy));

        cli.run("doctor");

        assertThat(cli.out().lines().filter(line -> !line.endsWith("x")))
                .filteredOn(line -> !line.contains(folder.toString()))
                .allMatch(line -> line.length() <= 100);
        assertThat(cli.out().lines()).anyMatch(line -> line.endsWith("x".repeat(200)));
    }

    @Test
    void listsTheMistakesOfAConfigurationAndLooksNoFurther() {
        cli.withFile("echo-server.json", "{\"port\": \"many\", \"clients\": [{\"appId\": 1, \"key\": \"hush\"}, 5]}");

        assertThat(cli.run("doctor")).isEqualTo(78);
        assertThat(cli.out()).contains("✘ ", "$.port", "[config.mistake]").doesNotContain("All of it", "hush");
    }

    @Test
    void printsJsonAndNothingElse() throws JsonProcessingException {
        cli.withFindings(FAULT);

        assertThat(cli.run("doctor", "--json")).isEqualTo(1);
        JsonNode fault = new ObjectMapper().readTree(cli.out()).get(1);
        assertThat(fault.get("id").asText()).isEqualTo("redis.auth");
        assertThat(fault.get("level").asText()).isEqualTo("fault");
        assertThat(fault.get("section").asText()).isEqualTo("All of it");
        assertThat(fault.get("cure").get(1).asText()).isEqualTo("\"password\": \"…\"");
    }

    @ParameterizedTest
    @CsvSource({
        "app.example.com, https://app.example.com/socket.io",
        "https://app.example.com/, https://app.example.com/socket.io",
        "http://localhost:6001, http://localhost:6001/socket.io",
        "https://app.example.com/ws/socket.io/, https://app.example.com/ws/socket.io"
    })
    void completesAnAddress(String given, String full) {
        cli.run("doctor", "--url", given);

        assertThat(cli.examined().url()).hasValue(URI.create(full));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "https://", "a b", "https://x?y=1"})
    void refusesWhatIsNoAddress(String given) {
        assertThat(cli.run("doctor", "--url", given)).isEqualTo(1);
        assertThat(cli.err()).contains("This is no URL: " + given, "--url https://app.example.com");
    }

    @Test
    void listensForAsLongAsItIsTold() {
        cli.run("doctor", "--seconds", "60");

        assertThat(cli.examined().listening()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void keepsAWebSocketQuietOnlyThroughAProxy() {
        assertThat(cli.run("doctor", "--quiet", "30")).isEqualTo(1);
        assertThat(cli.err()).contains("--quiet needs --url");

        cli.run("doctor", "--url", "app.example.com", "--quiet", "30");
        assertThat(cli.examined().quiet()).isEqualTo(Duration.ofSeconds(30));
    }
}
