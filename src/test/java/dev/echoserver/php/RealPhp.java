package dev.echoserver.php;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PHP with Laravel's own code, as Debian has it (Laravel 8). */
public final class RealPhp {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RealPhp() {}

    /** Skips the test, or fails it in CI, where it is missing. */
    public static void isNeeded() {
        Requirement.program("php");
        if (!Files.exists(Path.of("/usr/share/php/Illuminate/Support/autoload.php"))) {
            Requirement.unmet("Laravel is missing (expected: Debian's php-laravel-framework)");
        }
    }

    /** What a script of {@code src/test/php} prints. */
    static String output(String script, String input) throws IOException {
        Process php = new ProcessBuilder("php", "src/test/php/" + script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream stdin = php.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        return new String(php.getInputStream().readAllBytes(), UTF_8);
    }

    /** What {@code facts.php} says of all {@code questions} of this kind. */
    public static JsonNode facts(String kind, List<String> questions) throws IOException {
        JsonNode answers = MAPPER.readTree(output("facts.php", MAPPER.writeValueAsString(Map.of(kind, questions))))
                .path(kind);
        assertThat(answers).hasSameSizeAs(questions);
        return answers;
    }
}
