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
                "http://*:80 | \"*:80\"",
                "münchen.de:443 | \"xn--mnchen-3ya.de:443\"",
                "a.test:99999 | a port from 1 to 65535",
                "a.test:0443 | a port from 1 to 65535",
                "null | \"*:80\", which lets in all pages without an origin"
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"host\":\"a\"}",
                "[5]",
                "true",
                "[[\"https://a:443\"]]",
                "[{\"host\":\"a\"}]",
                "[\"\"]",
                "[null]",
                "\" \"",
                "\", ,\"",
                "\"${UNSET}\"",
                "[\"${UNSET}\"]"
            })
    void thatNameNoPageLetNobodyIn(String origins) throws IOException {
        ConfigResult.Valid old = read("laravel-echo-server.json", origins);
        Path ours =
                Files.writeString(folder.resolve("echo-server.json"), "{\"socketio\":{\"origins\":" + origins + "}}");

        assertThat(old.config().socketio().origins()).isEmpty();
        assertThat(old.notices().toString()).contains("names no page, so nobody can connect", "Write \"*:*\"");
        assertThat(ConfigReader.read(ConfigInputs.of(ours)).result().problems().toString())
                .contains("names no page, so nobody can connect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "0", "\"\""})
    void thatAreNothingLetEverybodyIn(String origins) throws IOException {
        assertThat(read("laravel-echo-server.json", origins).config().socketio().origins())
                .containsExactly("*:*");
    }

    @ParameterizedTest
    @CsvSource({"*.example.com:443, example.com:443", "https://*.example.com:*, example.com:*"})
    void ofOneTextInAnOldFileCountWithoutTheStarBeforeTheirHost(String text, String entry) throws IOException {
        ConfigResult.Valid result = read("laravel-echo-server.json", '"' + text + '"');

        assertThat(result.config().socketio().origins()).containsExactly(entry);
        assertThat(result.notices())
                .singleElement()
                .asString()
                .contains("lets in \"" + entry + "\" alone, as in laravel-echo-server. Write each host");
    }
}
