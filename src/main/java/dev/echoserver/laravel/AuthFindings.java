package dev.echoserver.laravel;

import dev.echoserver.config.AuthTlsConfig;
import dev.echoserver.doctor.Finding;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** What the answer of the application to a question of nobody means, with the causes and cures that the log has. */
record AuthFindings(HttpUrl url, AuthTlsConfig tls, Exchange.Rules rules, Clock clock) {
    static final String ID = "auth";
    private static final String WHY = "Nobody can join a private or presence channel.";
    private static final long MAX_BODY_BYTES = 64 << 10;
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration MAX_SKEW = Duration.ofSeconds(60);

    /** {@code authTls.ca} cannot be used. */
    static Finding unreadable(AuthTlsException failure) {
        return Finding.fault(
                "auth.ca",
                String.valueOf(failure.getMessage()),
                "The server cannot start with it.",
                "\"authTls\": { \"ca\": \"/etc/echo-server/auth-ca.pem\" }");
    }

    /** There was an answer. */
    Finding answered(Response response) throws IOException {
        return switch (response.code()) {
            case 200 -> granted(response);
            case 401, 403 -> refused(response);
            default -> isRedirect(response) ? redirected(response) : failed(response);
        };
    }

    /** There was none. */
    Finding notAnswered(IOException failure) {
        Trouble trouble = Trouble.of(failure);
        return trouble == Trouble.TLS
                ? new AuthTlsFinding(url, tls, clock).of(Exchange.firstLine(failure))
                : finding(trouble, Exchange.firstLine(failure));
    }

    private Finding refused(Response response) {
        Duration taken = Duration.ofMillis(response.receivedResponseAtMillis() - response.sentRequestAtMillis());
        String what = site() + " refuses somebody who is not logged in (status " + response.code() + "), as it should";
        return taken.compareTo(SLOW) < 0
                ? Finding.ok(ID, what)
                : Finding.warning(
                        "auth.slow",
                        site() + " took " + taken.toMillis() + " ms to answer",
                        "Each join of a private or presence channel waits for that.",
                        Trouble.TIMEOUT.cure());
    }

    private Finding granted(Response response) throws IOException {
        String type = Optional.ofNullable(response.header("Content-Type")).orElse("no Content-Type");
        return new GrantFinding(site(), type, rules.granting())
                .of(response.peekBody(MAX_BODY_BYTES).string());
    }

    private static boolean isRedirect(Response response) {
        return response.code() / 100 == 3;
    }

    private Finding redirected(Response response) {
        Optional<HttpUrl> target =
                Optional.ofNullable(response.header("Location")).flatMap(to -> Optional.ofNullable(url.resolve(to)));
        String where =
                target.map(to -> "to " + Exchange.site(to) + to.encodedPath()).orElse("to nowhere");
        if (target.filter(to -> to.encodedPath().toLowerCase(Locale.ROOT).contains("login"))
                .isPresent()) {
            return Finding.warning(
                    "auth.login-page",
                    site() + " sends somebody who is not logged in " + where + " (status " + response.code() + ")",
                    "For him it should be 401 or 403. If logged-in visitors are sent there, too, they can join nothing.",
                    Trouble.UNAUTHENTICATED.cure());
        }
        List<String> cure = new ArrayList<>(List.of(Trouble.REDIRECT.cure()));
        target.ifPresent(to -> cure.add("    \"authHost\": \"" + Exchange.site(to) + "\""));
        return new Finding(
                "auth.redirect",
                Finding.Level.FAULT,
                Trouble.REDIRECT.cause() + " " + where + " (status " + response.code() + ", " + where() + ")",
                WHY,
                cure);
    }

    private Finding failed(Response response) {
        Outcome.Refused refusal = new ErrorAnswer(response, AuthChecks.CHANNEL, rules.keyPrefix()).refusal();
        String detail = refusal.detail().isEmpty() ? "" : ", " + refusal.detail();
        return finding(refusal.trouble(), "status " + response.code() + detail);
    }

    private Finding finding(Trouble trouble, String detail) {
        List<String> cure = new ArrayList<>(List.of(trouble.cure()));
        cure.addAll(CureLines.of(trouble));
        return new Finding(
                id(trouble), Finding.Level.FAULT, trouble.cause() + " (" + detail + ", " + where() + ")", WHY, cure);
    }

    private static String id(Trouble trouble) {
        return switch (trouble) {
            case NO_ROUTE -> "auth.route";
            case NO_POST -> "auth.method";
            case CSRF -> "auth.csrf";
            case SERVER_ERROR -> "auth.server-error";
            case NO_CONNECTION -> "auth.no-connection";
            case THROTTLED -> "auth.throttle";
            case MAINTENANCE -> "auth.maintenance";
            case UNAVAILABLE -> "auth.unavailable";
            case CONNECTION -> "auth.unreachable";
            case UNKNOWN_HOST -> "auth.unknown-host";
            case TIMEOUT -> "auth.timeout";
            case BROKEN -> "auth.broken";
            default -> "auth.status";
        };
    }

    /** How far this machine's clock is off the application's. */
    Optional<Finding> clock(Response response) {
        return Optional.ofNullable(response.headers().getDate("Date"))
                .map(theirs -> Duration.between(theirs.toInstant(), clock.instant()))
                .filter(skew -> skew.abs().compareTo(MAX_SKEW) > 0)
                .map(skew -> Finding.warning(
                        "clock",
                        "The clocks of this machine and of the application differ by "
                                + skew.abs().toSeconds() + " s",
                        "Signed requests to the HTTP API are refused when it is 600 s, and certificates seem expired.",
                        "on the machine whose clock is wrong: timedatectl set-ntp true"));
    }

    /** The scheme, host and port, without a password. */
    private String site() {
        return Exchange.site(url);
    }

    private String where() {
        return "POST " + site() + url.encodedPath();
    }
}
