package dev.echoserver.laravel;

import dev.echoserver.config.AuthTlsConfig;
import dev.echoserver.doctor.Finding;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
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
record AuthFindings(HttpUrl url, AuthTlsConfig tls, Clock clock) {
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
            default -> isRedirect(response) ? redirected(response) : fault(Trouble.of(response.code()), response);
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

    /** For a channel that no application has, 200 says that nobody looked, or that this is not the application. */
    private Finding granted(Response response) throws IOException {
        String body = response.peekBody(MAX_BODY_BYTES).string();
        if (body.isBlank()) {
            return new Finding(
                    "auth.broadcaster",
                    Finding.Level.FAULT,
                    site() + " answers 200 and nothing else",
                    "So do Laravel's broadcasters \"log\" and \"null\": they publish nothing to Redis, and refuse nobody.",
                    List.of(
                            "write into .env of Laravel, then: php artisan config:clear",
                            "    BROADCAST_CONNECTION=redis     (BROADCAST_DRIVER=redis before Laravel 11)"));
        }
        boolean isJson = JsonTree.read(Json.of(body))
                .filter(node -> !node.isMissingNode())
                .isPresent();
        if (!isJson) {
            return finding("auth.not-json", Trouble.NOT_JSON, "status 200, " + type(response));
        }
        return Answer.of(AuthChecks.CHANNEL, body) instanceof Outcome.Refused
                ? Finding.ok(ID, site() + " refuses somebody who is not logged in (200 with a false value)")
                : Finding.fault(
                        "auth.open",
                        site() + " lets everybody join, even somebody who is not logged in",
                        "Whoever knows the name of a private channel hears its events.",
                        "protect the route with Laravel's own: Broadcast::routes(['middleware' => ['web', 'auth']]);");
    }

    private static String type(Response response) {
        return Optional.ofNullable(response.header("Content-Type")).orElse("no Content-Type");
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

    private Finding fault(Trouble trouble, Response response) {
        return finding(trouble, "status " + response.code());
    }

    private Finding finding(Trouble trouble, String detail) {
        return finding(id(trouble), trouble, detail);
    }

    private Finding finding(String id, Trouble trouble, String detail) {
        List<String> cure = new ArrayList<>(List.of(trouble.cure()));
        cure.addAll(lines(trouble));
        return new Finding(id, Finding.Level.FAULT, trouble.cause() + " (" + detail + ", " + where() + ")", WHY, cure);
    }

    private static String id(Trouble trouble) {
        return switch (trouble) {
            case NO_ROUTE -> "auth.route";
            case NO_POST -> "auth.method";
            case CSRF -> "auth.csrf";
            case SERVER_ERROR -> "auth.server-error";
            case CONNECTION -> "auth.unreachable";
            case UNKNOWN_HOST -> "auth.unknown-host";
            case TIMEOUT -> "auth.timeout";
            case BROKEN -> "auth.broken";
            default -> "auth.status";
        };
    }

    private static List<String> lines(Trouble trouble) {
        return switch (trouble) {
            case NO_ROUTE ->
                List.of(
                        "see which ones there are: php artisan route:list --path=broadcasting",
                        "Laravel 11 and newer: php artisan install:broadcasting",
                        "before, in app/Providers/BroadcastServiceProvider.php: Broadcast::routes();");
            case NO_POST -> List.of("    \"authEndpoint\": \"/broadcasting/auth\"");
            case CSRF ->
                List.of(
                        "to exempt it, Laravel 11 and newer, in bootstrap/app.php:",
                        "    $middleware->validateCsrfTokens(except: ['broadcasting/auth']);",
                        "before, in app/Http/Middleware/VerifyCsrfToken.php:",
                        "    protected $except = ['broadcasting/auth'];");
            case CONNECTION, UNKNOWN_HOST -> List.of("    \"authHost\": \"https://app.example.com\"");
            case NOT_JSON ->
                List.of("    \"authHost\": \"https://app.example.com\", \"authEndpoint\": \"/broadcasting/auth\"");
            case SERVER_ERROR -> List.of("    tail -n 50 storage/logs/laravel.log");
            default -> List.of();
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
