package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.App;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request: HMAC-SHA256 over method, path and query, with an application's secret.
 *
 * <p>Source: pusher.com, Channels HTTP API, "Authentication". Libraries sign the path before or after they encode it, so
 * both are right.
 */
final class Signature {
    private static final int UNAUTHORIZED = 401;
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Returns if {@code app} has signed {@code request} shortly before or after {@code now}.
     *
     * @throws ApiRefusal saying what is wrong; only who has the secret hears of clock and body
     */
    static void check(App app, ApiRequest request, Instant now) {
        if (!Digests.areEqual(app.key(), request.query().value("auth_key").orElse("")) || !isSigned(app, request)) {
            throw new ApiRefusal(UNAUTHORIZED, "The signature is wrong. Compare key and secret with those in apps.");
        }
        checkBody(request);
        checkClock(app, request, now);
    }

    private static boolean isSigned(App app, ApiRequest request) {
        return Stream.of(request.path(), decoded(request.path()))
                .map(path -> request.method() + "\n" + path + "\n" + request.signedQuery())
                .anyMatch(text -> app.secrets().stream()
                        .anyMatch(secret -> Digests.areEqual(of(secret, text), request.signature())));
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    }

    private static void checkBody(ApiRequest request) {
        String claimed = request.query().value("body_md5").orElse("");
        boolean mayBeMissing = request.body().length == 0 && claimed.isEmpty();
        String actual = HexFormat.of().formatHex(Digests.of("MD5", request.body()));
        if (!mayBeMissing && !Digests.areEqual(actual, claimed)) {
            throw new ApiRefusal(UNAUTHORIZED, "body_md5 is not the MD5 of the body that arrived.");
        }
    }

    private static void checkClock(App app, ApiRequest request, Instant now) {
        String timestamp = request.query().value("auth_timestamp").orElse("");
        if (!timestamp.matches("\\d{1,15}")) {
            throw new ApiRefusal(UNAUTHORIZED, "auth_timestamp is missing (expected: seconds since 1970).");
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (apart.compareTo(app.timestampTolerance()) > 0) {
            throw new ApiRefusal(
                    UNAUTHORIZED,
                    "auth_timestamp is " + apart.toSeconds() + " seconds off this server's clock. Set the clocks of"
                            + " both servers (NTP), or raise apps[].timestampToleranceSeconds ("
                            + app.timestampTolerance().toSeconds() + ").");
        }
    }

    /** The signature of {@code text}, in lower-case hexadecimal digits. */
    static String of(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("algorithm: " + ALGORITHM + " (expected: one that every JDK has)", e);
        }
    }
}
