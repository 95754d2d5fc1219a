package dev.echoserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthHostsTest {
    private static final String NONE = "none";

    private static String base(String candidates, Credentials client) {
        List<String> list = List.of(candidates.split(" ", -1));
        return new AuthHosts(list).baseFor(client).orElse(NONE);
    }

    @Nested
    final class AfterAReferer {
        @ParameterizedTest
        @CsvSource({
            "http://a.test http://b.test, http://b.test/x, http://b.test",
            "http://a.test http://b.test, http://zzz.test/x, http://b.test",
            ".example.com, https://app.example.com:8443/x, https://app.example.com:8443",
            ".example.com, https://a.b.example.com/x, none",
            ".example.com, https://example.com/x, none",
            "app.test:8080, http://app.test:8080/p, http://app.test:8080",
            "app.test, http://app.test:8080/p, none",
            "http://b.test, not a url, http://b.test",
        })
        void areAsInLaravelEchoServer(String candidates, String referer, String base) {
            assertThat(base(candidates, Clients.of(referer, null))).isEqualTo(base);
        }

        /** laravel-echo-server reads the last letter of a host without a dot; ends; takes what is no URL for one. */
        @ParameterizedTest
        @CsvSource({
            "t, http://localhost/, none",
            "http://b.test, http://[bad, http://b.test",
            "http://a.test .example.com, http://zzz.test/, http://a.test",
            "http://a.test app.test, http://app.test:8080/p, http://a.test",
        })
        void doNotHaveTheDefectsOfLaravelEchoServer(String candidates, String referer, String base) {
            assertThat(base(candidates, Clients.of(referer, null))).isEqualTo(base);
        }

        @ParameterizedTest
        @CsvSource({
            "http://a.test HTTP://B.test/, http://b.test:80/x, HTTP://B.test/",
            "app.test, https://APP.test:443/, https://app.test",
            ".Example.com, https://app.example.COM/, https://app.example.com",
            "http://my_app http://z.test, http://my_app/x, http://my_app",
            "http://[::1]:8000 http://z.test, http://[::1]:8000/x, http://[::1]:8000",
            "http://a.test/shop http://b.test, http://a.test/x, http://a.test/shop",
            "http://a.test http://b.test, http://user:pw@a.test/x, http://a.test",
        })
        void compareHostsAndPortsNotTheirSpelling(String candidates, String referer, String base) {
            assertThat(base(candidates, Clients.of(referer, null))).isEqualTo(base);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.test/.example.com",
                    "https://evil.test#.example.com",
                    "https://evil.test\\.example.com/",
                    "https://evil%2etest.example.com/",
                    "https://app.example.com@evil.test/",
                    "https://evil.test@x@app.example.com/",
                    "https://.example.com/",
                    "ftp://app.example.com/",
                    "https://app.example.com:65536/",
                    "https://app.example.com:999999/",
                    "null",
                    "",
                })
        void areNotFooledByOddOnes(String referer) {
            assertThat(base(".example.com", Clients.of(referer, null))).isEqualTo(NONE);
        }
    }

    @Nested
    final class WithoutAReferer {
        @ParameterizedTest
        @CsvSource({
            "http://a.test http://b.test, http://a.test",
            ".example.com, none",
            ".example.com http://b.test, http://b.test",
        })
        void areTheFirstUrl(String candidates, String base) {
            assertThat(base(candidates, Clients.of(null, null))).isEqualTo(base);
        }

        @ParameterizedTest
        @CsvSource({
            "http://a.test http://b.test, http://b.test, http://b.test",
            "http://a.test http://b.test, http://zzz.test, http://a.test",
            "http://a.test http://b.test, null, http://a.test",
            "http://a.test http://b.test, capacitor://localhost, http://a.test",
            ".example.com, https://app.example.com:8443, https://app.example.com:8443",
        })
        void followTheOrigin(String candidates, String origin, String base) {
            assertThat(base(candidates, Clients.of(null, origin))).isEqualTo(base);
        }
    }

    @Test
    void mayBeNone() {
        assertThat(new AuthHosts(List.of()).baseFor(Clients.of("http://a.test/", null)))
                .isEmpty();
    }
}
