package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsSectionTest {
    @TempDir
    private Path folder;

    private ConfigResult.Valid read(String name, String origins) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "{\"socketio\":{\"origins\":" + origins + "}}");
        return (ConfigResult.Valid) ConfigReader.read(ConfigInputs.of(file)).result();
    }

    private List<String> entries(String name, String origins) throws IOException {
        ConfigResult.Valid result = read(name, origins);
        assertThat(result.notices()).isEmpty();
        return result.config().socketio().origins();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"http://a.test:80 https://b.test:443\"",
                "\"http://a.test:80,https://b.test:443\"",
                "\"  http://a.test:80 ,\\thttps://B.test:443 \"",
                "[\"http://a.test:80\", \"https://b.test:443\"]",
                "[\"http://a.test:80 https://b.test:443\"]"
            })
    void areAListHoweverTheyAreWritten(String origins) throws IOException {
        assertThat(entries("echo-server.json", origins)).containsExactly("http://a.test:80", "https://b.test:443");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.test:80 https://b.test:443 | a.test:80 b.test:443",
                "http://a.test:* | a.test:*",
                "http://*:* | *:*",
                "https://*:443 | *:443",
                "my_app.test:8080 *:81 | my_app.test:8080 *:81"
            })
    void ofOneTextInAnOldFileCountWithoutTheirScheme(String origins, String entries) throws IOException {
        assertThat(entries("laravel-echo-server.json", '"' + origins + '"')).containsExactly(entries.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.test | \"https://a.test:443\"",
                "http://a.test | \"http://a.test:80\"",
                "a.test | \"a.test:443\" for its https pages, or \"a.test:*\" for all of them",
                "* | \"*:*\" for all pages",
                "https://* | \"*:*\" for all pages",
                "*.a.test:443 | each host, or \"*:443\"",
                "https://*.a.test | each host, or \"*:443\"",
                "a.test:80:90 | entries such as \"https://app.example.com:443\"",
                "http://a.test:* | \"a.test:*\"",
                "http://*:80 | \"*:80\""
            })
    void thatFitNoPageAreNoticedWithWhatToWrite(String origin, String cure) throws IOException {
        assertThat(read("echo-server.json", "[\"" + origin + "\"]").notices())
                .singleElement()
                .asString()
                .startsWith("echo-server.json $.socketio.origins: holds \"" + origin + "\", which fits no page")
                .contains("Write " + cure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.test:443/", "https://a.test:443/app?b"})
    void countWithoutTheirPath(String origin) throws IOException {
        ConfigResult.Valid result = read("echo-server.json", '"' + origin + '"');

        assertThat(result.config().socketio().origins()).containsExactly("https://a.test:443");
        assertThat(result.notices())
                .singleElement()
                .asString()
                .contains("the origin of a page has no path. Write \"https://a.test:443\".");
    }
}
