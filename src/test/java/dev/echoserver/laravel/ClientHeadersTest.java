package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientHeadersTest {

    @Test
    void arePassedOnAsTheyAre() {
        Map<String, String> given =
                Map.of("Authorization", "Bearer a.b.c", "X-CSRF-TOKEN", "t", "x-tenant", "caf\u00e9", "Accept", "*/*");

        assertThat(new ClientHeaders(given).passedOn()).containsExactlyInAnyOrderEntriesOf(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "Connection",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Expect",
                "HTTP2-Settings",
                "Proxy",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Content-Length",
                "content_length",
                "Content.Length",
                "Content-Type",
                "Content-Encoding",
                "Accept-Encoding",
                "Cookie",
                "Cookie2",
                "Forwarded",
                "X-Forwarded-For",
                "X_Forwarded_For",
                "x-forwarded_HOST",
                "X-Forwarded-Prefix",
                "X-Real-IP",
                "X-Requested-With",
                "X-HTTP-Method-Override",
                "X-Original-URL",
                ":authority",
                "",
                " Host",
                "Host ",
                "Host:",
                "Host\t",
                "X-A\r\nHost",
                "X-A\u0000",
                "X-\u00c4",
                "X A",
            })
    void mustNotBeOursNorMalformed(String name) {
        assertThat(new ClientHeaders(Map.of(name, "value")).passedOn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: evil", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "\u0085", "a\tb"})
    void mustNotHoldControlCharacters(String value) {
        ClientHeaders headers = new ClientHeaders(Map.of("X-A", value, "Cookie", value));

        assertThat(headers.passedOn()).isEmpty();
        assertThat(headers.cookie()).isEmpty();
    }

    @Test
    void haveOneValuePerName() {
        assertThat(new ClientHeaders(Map.of("X-A", "1", "x-a", "2")).passedOn()).hasSize(1);
    }

    @Test
    void mayHoldACookieInAnySpelling() {
        assertThat(new ClientHeaders(Map.of("cOOKIE", "a=1")).cookie()).contains("a=1");
        assertThat(new ClientHeaders(Map.of("Cookie", "")).cookie()).isEmpty();
        assertThat(new ClientHeaders(Map.of()).cookie()).isEmpty();
    }

    @Test
    void areMeasuredWithTheirNames() {
        assertThat(new ClientHeaders(Map.of("ab", "cde", "", "f")).size()).isEqualTo(6);
    }
}
