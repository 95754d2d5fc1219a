package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishCommandTest {
    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder)
                .withFile("echo-server.json", "{\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"laravel_database_\"}}}");
    }

    @Test
    void publishesLaravelsEnvelopeWithThePrefix() {
        assertThat(cli.withSubscribers(2)
                        .run("publish", "orders", "App\\Events\\\"Shipped\"", "{\"id\": 12345678901234567890}"))
                .isZero();

        assertThat(cli.trace)
                .containsExactly(
                        "publish laravel_database_orders "
                                + "{\"event\":\"App\\\\Events\\\\\\\"Shipped\\\"\",\"data\":{\"id\": 12345678901234567890},\"socket\":null}");
        assertThat(cli.out())
                .isEqualToIgnoringNewLines("Published to \"laravel_database_orders\" on Redis at 127.0.0.1:6379;"
                        + " subscribers that got it: 2.");
    }

    @Test
    void needsNoData() {
        assertThat(cli.run("publish", "orders", "Shipped")).isZero();
        assertThat(cli.trace).singleElement().asString().contains("\"data\":{}");
    }

    @Test
    void saysWhyNobodyGotIt() {
        assertThat(cli.withSubscribers(0).run("publish", "orders", "Shipped")).isEqualTo(1);
        assertThat(cli.err()).contains("nobody listens", "same Redis", "keyPrefix (\"laravel_database_\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{id: 7}", "", " ", "{} {}", "{\"a\":1},\"socket\":\"1.1\"", "NaN"})
    void refusesWhatIsNotJson(String data) {
        assertThat(cli.run("publish", "orders", "Shipped", data)).isEqualTo(1);
        assertThat(cli.err()).contains("The data is ");
        assertThat(cli.trace).isEmpty();
    }

    @Test
    void refusesAnEmptyChannelOrEvent() {
        assertThat(cli.run("publish", "", "Shipped")).isEqualTo(1);
        assertThat(cli.run("publish", "orders", "")).isEqualTo(1);
        assertThat(cli.run("publish", "orders")).isEqualTo(1);
        assertThat(cli.trace).isEmpty();
    }
}
