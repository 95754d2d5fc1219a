package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class LogOutputTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();
    private Path file = Path.of("");

    @BeforeEach
    void configure() throws JoranException {
        context.setMDCAdapter(new LogbackMDCAdapter()); // A context of its own has none.
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(ServerConfig.class.getResource("/logback.xml"));
        file = folder.resolve("echo.log");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Logger log() {
        return context.getLogger("dev.echoserver.any.Part");
    }

    private void apply(LogOutput output, String more) {
        output.apply(ServerConfig.of("{\"log\":{\"file\":\"" + file + "\"" + more));
    }

    private LogOutput to(String more) {
        LogOutput output = new LogOutput(context);
        apply(output, more);
        return output;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }

    private List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readString(file).split("\n", -1)) {
            if (!line.isEmpty()) {
                objects.add(object(line));
            }
        }
        return objects;
    }

    private static JsonNode object(String line) throws JsonProcessingException {
        return STRICT.readTree(line);
    }

    @Test
    void appendsToTheFile() throws IOException {
        Files.writeString(file, "before\n");
        to("}}");

        log().info("first {}", 1);

        assertThat(lines()).hasSize(2).first().isEqualTo("before");
        assertThat(lines().get(1)).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}\\S+ INFO  first 1");
    }

    @Test
    void goesOnInANewFileWhenTheOldOneWasMoved() throws IOException {
        LogOutput output = to("}}");
        log().info("old");
        Path moved = folder.resolve("echo.log.1");
        Files.move(file, moved);
        log().info("still old");

        apply(output, "}}");
        log().info("new");

        assertThat(Files.readAllLines(moved)).hasSize(2);
        assertThat(lines()).singleElement().asString().endsWith(" new");
    }

    @Test
    void writesOneObjectOfJsonPerLineWhateverTheText() throws IOException {
        to(",\"format\":\"json\"}}");
        String hostile =
                "\u0000\u0001\u001f\"\\\b\f\n\r\t\u007f\u0085\u2028\u2029\ufffe</script>{}'\ud83d\ude00\u00fc%";

        log().warn("text={} end", hostile);
        log().info("{\"a\":\"{}\"}", "x");
        log().error("failed", new IllegalStateException("because of\n\"" + hostile, new IOException("line\nline")));

        List<JsonNode> objects = objects();
        assertThat(objects).hasSize(3);
        assertThat(objects.get(0).path("formattedMessage").textValue()).isEqualTo("text=" + hostile + " end");
        assertThat(objects.get(0).path("level").textValue()).isEqualTo("WARN");
        assertThat(objects.get(0).path("timestamp").longValue()).isPositive();
        assertThat(objects.get(2)
                        .path("throwable")
                        .path("cause")
                        .path("message")
                        .textValue())
                .isEqualTo("line\nline");
    }

    @Test
    void writesJsonWithHalfASurrogatePair() throws IOException {
        to(",\"format\":\"json\"}}");

        log().warn("half={} {}", "\ud800", "\udc00x");

        assertThat(objects())
                .singleElement()
                .satisfies(line ->
                        assertThat(line.path("formattedMessage").textValue()).isEqualTo("half=? ?x"));
    }

    @Test
    void logsWhatIsImportantEnough() throws IOException {
        LogOutput output = to(",\"level\":\"warn\"}}");
        log().info("one");
        log().warn("two");
        apply(output, ",\"level\":\"debug\"}}");
        log().debug("three");
        apply(output, "}}");
        log().debug("four");
        log().info("five");

        assertThat(lines())
                .extracting(line -> line.replaceFirst("^\\S+ ", ""))
                .containsExactly("WARN  two", "DEBUG three", "INFO  five");
    }

    @Test
    void logsInDetailInDevModeButNoLessThanTheLevelSays() throws IOException {
        LogOutput output = to("},\"devMode\":true}");
        log().debug("one");
        context.getLogger("org.example").debug("of a library");
        apply(output, ",\"level\":\"trace\"},\"devMode\":true}");
        log().trace("two");
        apply(output, "},\"devMode\":false}");
        log().debug("three");

        assertThat(lines())
                .extracting(line -> line.replaceFirst("^\\S+ ", ""))
                .containsExactly("DEBUG one", "TRACE two");
    }

    @Test
    void staysWhatItWasIfTheFileCannotBeOpened() throws IOException {
        LogOutput output = to("}}");

        assertThatThrownBy(() -> output.apply(
                        ServerConfig.of("{\"log\":{\"file\":\"" + folder + "/none/echo.log\",\"level\":\"error\"}}")))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.explanation())
                                .contains(
                                        "/none/echo.log", "\"log.file\"", "no such file or folder", "Make its folder"));

        log().info("still here");
        assertThat(lines()).hasSize(1);
    }
}
