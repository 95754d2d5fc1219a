package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "https://example.com", "not a uri", "http://[::1"})
    void letEverythingInByDefault(String origin) {
        assertThat(Origins.ANY.allow(origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com:443, https://example.com,         true",
        "https://example.com:443, https://example.com:443,     true",
        "https://example.com:443, https://example.com/page?a,  true",
        "https://example.com:443, http://example.com:443,      false",
        "https://example.com:443, https://example.com:8443,    false",
        "https://example.com:443, https://a.example.com,       false",
        "https://example.com:443, https://example.com.evil,    false",
        "https://example.com:443, https://evil/example.com:443,false",
        "https://example.com:443, https://example.com@evil,    false",
        "http://example.com:80,   http://example.com,          true",
        "example.com:80,          http://example.com,          true",
        "example.com:443,         https://example.com,         true",
        "example.com:443,         http://example.com,          false",
        "example.com:*,           https://example.com:9000,    true",
        "example.com:*,           https://example.org,         false",
        "*:8080,                  http://anything:8080,        true",
        "*:8080,                  http://anything,             false",
        "http://my_app.test:8080, http://my_app.test:8080,     true",
        "my_app.test:*,           https://my_app.test/page,    true",
        "my_app.test:80,          http://my_app_test,          false",
        "*:8080,                  http://my_app:8080,          true",
        "[::1]:80,                http://[::1],                true",
        "example.com,             http://example.com,          false",
        "http://example.com,      http://example.com,          false"
    })
    void compareWholeEntries(String entry, String origin, boolean allowed) {
        assertThat(new Origins(Set.of(entry)).allow(origin)).isEqualTo(allowed);
    }

    @Test
    void needOneFittingEntry() {
        Origins origins = new Origins(Set.of("a:80", "*:81"));

        assertThat(origins.allow("http://a")).isTrue();
        assertThat(origins.allow("http://b:81")).isTrue();
        assertThat(origins.allow("http://b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "about:blank", "file:///x", "not a uri", "http://[::1", "//a"})
    void keepOutWhatNamesNoHost(String origin) {
        assertThat(new Origins(Set.of("null:*", "*:443")).allow(origin)).isFalse();
    }
}
