package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.ApiClient;
import dev.echoserver.config.AuthAnswers;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration files as laravel-echo-server wrote them, and as people changed them, start as they are. */
final class OldFilesTest {
    private static final Path FILES = Path.of("src/test/resources/laravel-echo-server");

    @TempDir
    private Path folder;

    private CliFixture start(String name) throws IOException {
        CliFixture cli =
                new CliFixture(folder).withFile("laravel-echo-server.json", Files.readString(FILES.resolve(name)));
        assertThat(cli.run("start")).as(cli.err()).isZero();
        return cli;
    }

    @Test
    void thatOfTheLastVersionHasNothingToNotice() throws IOException {
        CliFixture cli = start("init-1.6.json");

        assertThat(cli.err()).isEmpty();
        assertThat(cli.started().port()).isEqualTo(6001);
        assertThat(cli.started().host()).isEmpty();
        assertThat(cli.started().devMode()).isTrue();
        assertThat(cli.started().strictCompatibility()).isTrue();
        assertThat(cli.started().authAnswers()).isEqualTo(AuthAnswers.ANY);
        assertThat(cli.started().apiOriginAllow().allowOrigin()).isEqualTo("http://localhost:80");
        assertThat(cli.started().redis()).isEqualTo(ServerConfig.defaults().redis());
        assertThat(cli.started().clients())
                .containsExactly(new ApiClient("5a1c0e3f9d7b2468", "0123456789abcdef0123456789abcdef"));
    }

    @Test
    void anOlderOneNamesWhatHasNoMeaningAnyMore() throws IOException {
        CliFixture cli = start("init-1.2.json");

        assertThat(cli.err())
                .contains("$.referrers: has no effect", "$.appKey: is not a known key", "$.database: is \"sqlite\"")
                .doesNotContain("0123456789abcdef");
        assertThat(cli.started().host()).isEmpty();
    }

    @Test
    void oneThatWasChangedByHandKeepsItsMeaning() throws IOException {
        ServerConfig config = start("by-hand.json").started();

        assertThat(config.authHosts()).containsExactly("https://app.example.com", "https://www.example.com");
        assertThat(config.clients()).containsExactly(new ApiClient("17", "k"));
        assertThat(config.redis().address()).isEqualTo("redis:6379");
        assertThat(config.redis().password()).isEmpty();
        assertThat(config.redis().keyPrefix()).isEqualTo("laravel_database_");
        assertThat(config.devMode()).isTrue();
        assertThat(config.socketio().pingTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.socketio().transports()).hasSize(1);
        assertThat(config.subscribers()).isEqualTo(new ServerConfig.Subscribers(false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"init-1.6.json", "init-1.2.json", "by-hand.json"})
    void aClientComesAndGoesWithoutATrace(String name) throws IOException {
        CliFixture cli = start(name);

        assertThat(cli.run("client:add", "shop")).isZero();
        assertThat(cli.run("start")).isZero();
        assertThat(cli.started().clients()).anyMatch(client -> client.appId().equals("shop"));
        assertThat(cli.run("client:remove", "shop")).isZero();

        assertThat(cli.content("laravel-echo-server.json")).isEqualTo(Files.readString(FILES.resolve(name)));
    }
}
