package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementConfigTest {
    private static final ManagementConfig USUAL = new ManagementConfig("127.0.0.1", 6002, false);

    private static Optional<ManagementConfig> read(String management) {
        return ServerConfig.of("{\"management\":" + management + "}").management();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "true", "{\"port\":null}"})
    void isThereUnlessSwitchedOff(String management) {
        assertThat(read(management)).contains(USUAL);
        assertThat(ServerConfig.defaults().management()).contains(USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"off\"", "0"})
    void canBeSwitchedOff(String management) {
        assertThat(read(management)).isEmpty();
    }

    @Test
    void isAskedForByItsPortOrHost() {
        assertThat(read("{\"port\":6002}")).contains(new ManagementConfig("127.0.0.1", 6002, true));
        assertThat(read("{\"host\":\"10.0.0.3\"}")).contains(new ManagementConfig("10.0.0.3", 6002, true));
    }

    @Test
    void comesFromVariablesToo() throws Exception {
        assertThat(withVariable("ECHO_SERVER_MANAGEMENT", "false")).isEmpty();
        assertThat(withVariable("ECHO_SERVER_MANAGEMENT_PORT", "7000"))
                .contains(new ManagementConfig("127.0.0.1", 7000, true));
    }

    private static Optional<ManagementConfig> withVariable(String name, String value) throws Exception {
        ConfigInputs inputs =
                new ConfigInputs(Optional.empty(), Variables.of(Map.of(name, value)), List.of(), List.of());
        ConfigResult result = ConfigReader.read(inputs).result();
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config().management();
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(ConfigReader.parse("{\"management\":{\"port\":70000,\"hots\":\"x\"}}")
                        .problems())
                .extracting(ConfigIssue::toString)
                .containsExactly("$.management.port: is 70000. Write a whole number from 0 to 65535.");
    }

    @Test
    void takesARestartToChange() {
        assertThat(ServerConfig.defaults().restartsFor(ServerConfig.of("{\"management\":false}")))
                .containsExactly("management");
    }
}
