package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.fuzz.FuzzInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration: every file, variable and flag is either understood or complained about, twice alike, and a change of the
 * clients changes nothing else.
 */
public final class ConfigFuzz {
    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        FuzzInput input = new FuzzInput(data);
        switch (input.below(4)) {
            case 0 -> checkFile(input.rest());
            case 1 -> checkVariables(input);
            case 2 -> checkRedisUrl(input.textRest());
            default -> checkClients(input.rest());
        }
    }

    private static void checkFile(byte[] file) {
        Findings findings = new Findings();
        Optional<ObjectNode> tree = JsonText.parse(file, findings);
        assertThat(tree.isPresent()).isEqualTo(!findings.areFatal());
        String text = new String(file, UTF_8);
        ConfigResult result = ConfigReader.parse(text);
        check(result);
        assertThat(ConfigReader.parse(text).toString()).isEqualTo(result.toString());
    }

    private static void check(ConfigResult result) {
        assertThat(result.problems().isEmpty()).isEqualTo(result instanceof ConfigResult.Valid);
        for (ConfigIssue issue : result.problems()) {
            assertThat(issue.path()).isNotBlank();
            assertThat(issue.message()).isNotBlank();
            assertThat(issue.cure()).isNotBlank();
        }
    }

    private static void checkVariables(FuzzInput input) throws IOException {
        Map<String, String> variables = new HashMap<>();
        List<Assignment> flags = new ArrayList<>();
        while (input.hasMore()) {
            String line = input.textLine();
            int equals = Math.max(0, line.indexOf('='));
            String name = line.substring(0, equals);
            String value = line.substring(Math.min(line.length(), equals + 1));
            if (name.startsWith("--")) {
                flags.add(new Assignment(name.substring(2), value, name));
            } else {
                variables.put(name, value);
            }
        }
        check(ConfigReader.read(new ConfigInputs(Optional.empty(), Variables.of(variables), flags, List.of()))
                .result());
    }

    private static void checkRedisUrl(String text) {
        RedisUrl.parse(text).ifPresent(url -> {
            assertThat(url.path().isPresent()).isEqualTo(url.host().isEmpty());
            url.port().ifPresent(port -> assertThat(port).isBetween(1, 65_535));
            url.db().ifPresent(db -> assertThat(db).isNotNegative());
            assertThat(url.place(RedisUrl.DEFAULT_PORT)).isNotNull();
        });
    }

    private static void checkClients(byte[] file) {
        if (!ClientsText.problems(file).isEmpty()) {
            return;
        }
        String text = new String(file, UTF_8);
        String more = ClientsText.of(text).with("added", "a \"key\"");
        assertThat(ClientsText.problems(more.getBytes(UTF_8))).isEmpty();
        assertThat(ClientsText.of(more).has("added")).isTrue();
        String less = ClientsText.of(more).without("added");
        assertThat(ClientsText.problems(less.getBytes(UTF_8))).isEmpty();
        assertThat(ClientsText.of(less).has("added")).isFalse();
    }
}
