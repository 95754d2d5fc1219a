package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XsrfTokenTest {

    @Test
    void isTheDecodedCookie() {
        assertThat(XsrfToken.in("laravel_session=x; XSRF-TOKEN=eyJpdiI6I%2Ba+b%3D%3D; a=b"))
                .contains("eyJpdiI6I+a+b==");
        assertThat(XsrfToken.in("XSRF-TOKEN=plain")).contains("plain");
        assertThat(XsrfToken.in("XSRF-TOKEN=50%zz")).contains("50%zz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "XSRF-TOKEN", "XSRF-TOKEN=", "MY-XSRF-TOKEN=a", "XSRF-TOKEN=a%0d%0aHost:b"})
    void mayBeMissing(String cookie) {
        assertThat(XsrfToken.in(cookie)).isEmpty();
    }
}
