package dev.echoserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedOriginsTest {

    @Nested
    final class ByDefault {
        private final AllowedOrigins origins =
                new AllowedOrigins(List.of(), List.of("https://app.test", ".tenants.test", "admin.test:8443"));

        @ParameterizedTest
        @CsvSource({
            "https://echo.test, echo.test",
            "https://echo.test, echo.test:6001",
            "http://ECHO.test:8000, Echo.TEST:6001",
            "http://[::1]:8000, [::1]:6001",
            "https://app.test, echo.test",
            "http://app.test:8080, echo.test",
            "https://one.tenants.test, echo.test",
            "https://admin.test, echo.test",
        })
        void arePagesOfThisServersHostAndOfTheAuthHosts(String origin, String host) {
            assertThat(origins.allow(Clients.of(null, origin, host))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.test",
                    "https://evil.echo.test",
                    "https://echo.test.evil.test",
                    "https://app.test.evil.test",
                    "https://a.b.tenants.test",
                    "https://tenants.test",
                    "https://app.test@evil.test",
                    "null",
                    "file://",
                    "",
                    "nonsense",
                })
        void areNotForeignOnes(String origin) {
            assertThat(origins.allow(Clients.of(null, origin, "echo.test:6001")))
                    .isFalse();
        }

        @Test
        void includeWhoNamesNoPage() {
            assertThat(origins.allow(Clients.of(null, null, "echo.test"))).isTrue();
        }

        @Test
        void lookAtTheRefererOnlyWithoutAnOrigin() {
            assertThat(origins.allow(Clients.of("https://app.test/x", null, "echo.test")))
                    .isTrue();
            assertThat(origins.allow(Clients.of("https://evil.test/x", null, "echo.test")))
                    .isFalse();
            assertThat(origins.allow(Clients.of("https://app.test/x", "https://evil.test", "echo.test")))
                    .isFalse();
        }

        @Test
        void doNotNeedAHost() {
            assertThat(origins.allow(Clients.of(null, "https://evil.test"))).isFalse();
            assertThat(origins.allow(Clients.of(null, "https://app.test"))).isTrue();
        }
    }

    @Nested
    final class WhenListed {
        private final AllowedOrigins origins = new AllowedOrigins(
                List.of("https://page.test/", ".pages.test", "host.test", "capacitor://localhost", "null"),
                List.of("https://app.test"));

        @ParameterizedTest
        @CsvSource({
            "https://page.test, true",
            "HTTPS://PAGE.test, true",
            "http://page.test, false",
            "https://page.test:8443, false",
            "https://a.pages.test, true",
            "https://a.b.pages.test, false",
            "https://host.test, true",
            "http://host.test, true",
            "capacitor://localhost, true",
            "null, true",
            "https://app.test, false",
            "https://echo.test, false",
        })
        void areThoseAlone(String origin, boolean allowed) {
            assertThat(origins.allow(Clients.of(null, origin, "echo.test"))).isEqualTo(allowed);
        }
    }

    @Test
    void areAllOnesWithAStar() {
        AllowedOrigins origins = new AllowedOrigins(List.of("*"), List.of());

        assertThat(origins.allow(Clients.of(null, "https://evil.test", "echo.test")))
                .isTrue();
    }
}
