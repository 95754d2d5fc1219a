package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder)
                .withFile(
                        "echo-server.json", "{\"port\":7000,\"databaseConfig\":{\"redis\":{\"password\":\"hunter2\"}}}")
                .with("LARAVEL_ECHO_SERVER_REDIS_HOST", "r");
    }

    @Test
    void showsEachValueAndItsSource() {
        assertThat(cli.run("config", "--key-prefix=p_")).isZero();

        assertThat(cli.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "port 7000 echo-server.json",
                        "host - default",
                        "databaseConfig.redis.host r LARAVEL_ECHO_SERVER_REDIS_HOST",
                        "databaseConfig.redis.password (hidden) echo-server.json",
                        "databaseConfig.redis.keyPrefix p_ --key-prefix",
                        "authHost [\"http://localhost\"] default");
        assertThat(cli.out()).doesNotContain("hunter2");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void showsThemInColumns() {
        cli.run("config", "--show");

        assertThat(cli.out().lines().filter(line -> line.endsWith("default") && line.contains("limits.auth")))
                .map(line -> line.indexOf("default"))
                .hasSizeGreaterThan(2)
                .satisfies(columns -> assertThat(columns.stream().distinct()).hasSize(1));
    }

    @Test
    void showsThemAsJson() throws JsonProcessingException {
        assertThat(cli.run("config", "--json")).isZero();

        JsonNode port = new ObjectMapper().readTree(cli.out()).path("port");
        assertThat(port.path("value").asText()).isEqualTo("7000");
        assertThat(port.path("variable").asText()).isEqualTo("ECHO_SERVER_PORT");
        assertThat(port.path("source").asText()).isEqualTo("echo-server.json");
    }

    @Test
    void checksWithoutShowing() {
        assertThat(cli.run("config", "--check")).isZero();
        assertThat(cli.out() + cli.err()).isEmpty();

        cli.withFile("echo-server.json", "{\"port\":\"x\",\"prot\":1}").with("ECHO_SERVER_DATABASE", "mysql");
        assertThat(cli.run("config", "--check")).isEqualTo(78);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("Notice: echo-server.json $.prot", "echo-server.json $.port", "ECHO_SERVER_DATABASE: is");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThat(cli.run("config", "--check", "--dir=nowhere")).isZero();
        assertThat(cli.err()).contains("there is no config file");
    }
}
