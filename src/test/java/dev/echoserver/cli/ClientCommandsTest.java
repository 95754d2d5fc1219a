package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.ApiClient;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientCommandsTest {
    private static final String FILE = "{\n\t\"port\": \"6001\",\n\t\"clients\": [],\n\t\"own\": 1.0\n}\n";

    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder).withFile("laravel-echo-server.json", FILE);
    }

    private List<ApiClient> clients(String name) {
        return ServerConfig.of(cli.content(name)).clients();
    }

    @Test
    void anAddedClientGetsAnIdAndAKey() {
        assertThat(cli.run("client:add")).isZero();

        assertThat(clients("laravel-echo-server.json")).singleElement().satisfies(client -> {
            assertThat(client.appId()).matches("[0-9a-f]{16}");
            assertThat(client.key()).matches("[0-9a-f]{32}");
            assertThat(cli.out().lines()).contains("appId: " + client.appId(), "key: " + client.key());
        });
    }

    @Test
    void aKnownClientGetsANewKey() {
        cli.run("client:add", "shop");
        String before = clients("laravel-echo-server.json").get(0).key();

        assertThat(cli.run("client:add", "shop")).isZero();
        assertThat(clients("laravel-echo-server.json"))
                .singleElement()
                .matches(
                        client -> client.appId().equals("shop") && !client.key().equals(before));
        assertThat(cli.out()).contains("API Client updated!");
    }

    @Test
    void aClientGoesAsItCame() {
        cli.run("client:add", "shop");

        assertThat(cli.run("client:remove", "shop")).isZero();
        assertThat(cli.out()).contains("Client removed: shop\n");
        assertThat(cli.content("laravel-echo-server.json")).isEqualTo(FILE);
    }

    @Test
    void removingAnUnknownClientChangesNothing() {
        cli.run("client:add", "shop");
        String before = cli.content("laravel-echo-server.json");

        assertThat(cli.run("client:remove", "shpo")).isEqualTo(1);
        assertThat(cli.err()).contains("no client \"shpo\"", "Clients there: shop.");
        assertThat(cli.content("laravel-echo-server.json")).isEqualTo(before);
        assertThat(cli.run("client:remove")).isEqualTo(1);
    }

    @Test
    void theFileMayBeElsewhereAndVariablesStayOutOfIt() {
        cli.withFile("app/mine.json", "{\"clients\":[{\"appId\":7,\"key\":\"${KEY}\"}]}")
                .with("KEY", "hunter2")
                .with("LARAVEL_ECHO_SERVER_PORT", "1");

        assertThat(cli.run("client:add", "b", "--dir=app", "--config=mine.json"))
                .isZero();
        assertThat(cli.content("app/mine.json"))
                .startsWith("{\"clients\":[{\"appId\":7,\"key\":\"${KEY}\"}, {\"appId\": \"b\", ");
        assertThat(cli.run("client:remove", "7", "--dir=app", "--config=mine.json"))
                .isZero();
        assertThat(clients("app/mine.json")).hasSize(1);
        assertThat(cli.content("laravel-echo-server.json")).isEqualTo(FILE);
    }

    @Test
    void theFileKeepsItsPermissionsAndItsLinkAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("laravel-echo-server.json");
        Files.createDirectory(folder.resolve("real"));
        Files.move(file, folder.resolve("real/les.json"));
        Files.createSymbolicLink(file, Path.of("real/les.json"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(cli.run("client:add")).isZero();

        assertThat(file).isSymbolicLink();
        assertThat(cli.permissions("real/les.json")).isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder.resolve("real"))) {
            assertThat(files).containsExactly(folder.resolve("real/les.json"));
        }
    }

    @Test
    void aBrokenFileIsLeftAlone() {
        cli.withFile("laravel-echo-server.json", "{\"clients\": [],}");

        assertThat(cli.run("client:add")).isEqualTo(78);
        assertThat(cli.err()).contains("Nothing was changed", "Remove the comma");
        assertThat(cli.content("laravel-echo-server.json")).isEqualTo("{\"clients\": [],}");
    }

    @Test
    void withoutAFileThereIsNothingToChange() throws IOException {
        Files.delete(folder.resolve("laravel-echo-server.json"));

        assertThat(cli.run("client:add")).isEqualTo(78);
        assertThat(cli.err()).contains("could not be found");
    }
}
