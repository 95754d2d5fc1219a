package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.config.App;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the example of Pusher's documentation. */
final class SignatureTest {
    private static final String SECRET = "7ad3773142a6692b25b8";
    private static final Instant THEN = Instant.ofEpochSecond(1_353_088_179);
    private static final App APP =
            new App("3", "278d425bdf160c739803", List.of("an older one", SECRET), Duration.ofMinutes(10));
    private static final String QUERY = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&body_md5=ec365a775a4cd0599faeb73354201b6f";
    private static final String BODY =
            "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
    private static final String SIGNATURE = "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";

    private static ApiRequest post(String uri, String body) {
        return ApiRequest.of("POST", uri, Optional.empty(), body.getBytes(UTF_8));
    }

    private static ApiRequest signed(String path, String signedPath, String query) {
        String signature = Signature.of(SECRET, "GET\n" + signedPath + "\n" + query);
        return ApiRequest.of("GET", path + "?" + query + "&auth_signature=" + signature, Optional.empty(), new byte[0]);
    }

    private static void check(ApiRequest request) {
        Signature.check(APP, request, THEN);
    }

    @Test
    void isThatOfTheDocumentation() {
        check(post("/apps/3/events?" + QUERY + "&auth_signature=" + SIGNATURE, BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-foobar -> 58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
                "presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}"
                        + " -> 31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80"
            })
    void isTheOneOfChannelsToo(String vector) {
        String[] parts = vector.split(" -> ", -1);

        assertThat(Signature.of(SECRET, "1234.1234:" + parts[0])).isEqualTo(parts[1]);
    }

    @Test
    void coversParametersInAnyOrderAndCase() {
        String uri = "/apps/3/events?auth_signature=" + SIGNATURE
                + "&Body_MD5=ec365a775a4cd0599faeb73354201b6f&auth_version=1.0&auth_key=278d425bdf160c739803"
                + "&auth_timestamp=1353088179";

        check(post(uri, BODY));
    }

    @Test
    void coversParametersAsTheyAreBeforeTheyAreEncoded() {
        String own = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0";
        String signature = Signature.of(
                SECRET, "GET\n/apps/3/channels\n" + own + "&filter_by_prefix=a b/ü&info=user_count,subscription_count");

        check(ApiRequest.of(
                "GET",
                "/apps/3/channels?info[0]=user_count&info%5B1%5D=subscription_count&filter_by_prefix=a%20b%2F%C3%BC&"
                        + own + "&auth_signature=" + signature,
                Optional.empty(),
                new byte[0]));
    }

    @Test
    void mayCoverThePathEncodedOrNot() {
        String query = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0";

        check(signed("/apps/3/channels/a%2Fb", "/apps/3/channels/a%2Fb", query));
        check(signed("/apps/3/channels/a%2Fb", "/apps/3/channels/a/b", query));
    }

    @Nested
    final class IsRefused {

        private void with401(ApiRequest request, String... words) {
            assertThatThrownBy(() -> check(request))
                    .isInstanceOfSatisfying(
                            ApiRefusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(401))
                    .hasMessageContainingAll(words);
        }

        @Test
        void ifAnyPartIsAnother() {
            String right = "/apps/3/events?" + QUERY + "&auth_signature=" + SIGNATURE;

            with401(post(right.replace("da45", "da46"), BODY), "signature is wrong");
            with401(post(right.replace("/3/", "/4/"), BODY), "signature is wrong");
            with401(post(right.replace("278d", "278e"), BODY), "signature is wrong");
            with401(post(right + "&info=user_count", BODY), "signature is wrong");
            with401(post(right, BODY + " "), "body_md5");
            with401(ApiRequest.of("GET", right, Optional.empty(), BODY.getBytes(UTF_8)), "signature is wrong");
        }

        @Test
        void withoutTheDigestOfABody() {
            String query = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0";
            String signature = Signature.of(SECRET, "POST\n/apps/3/events\n" + query);

            with401(post("/apps/3/events?" + query + "&auth_signature=" + signature, BODY), "body_md5");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "&auth_timestamp=", "&auth_timestamp=now", "&auth_timestamp=99999999999999999999"})
        void withoutATime(String timestamp) {
            with401(
                    signed("/apps/3/status", "/apps/3/status", "auth_key=278d425bdf160c739803" + timestamp),
                    "auth_timestamp");
        }

        @Test
        void tenMinutesBeforeOrAfterItsTimeWithTheCure() {
            ApiRequest request = post("/apps/3/events?" + QUERY + "&auth_signature=" + SIGNATURE, BODY);

            for (int seconds : List.of(-600, 600)) {
                assertThatCode(() -> Signature.check(APP, request, THEN.plusSeconds(seconds)))
                        .doesNotThrowAnyException();
            }
            for (int seconds : List.of(-601, 601)) {
                assertThatThrownBy(() -> Signature.check(APP, request, THEN.plusSeconds(seconds)))
                        .hasMessageContainingAll("601 seconds", "clock", "timestampToleranceSeconds");
            }
        }
    }
}
