package dev.echoserver.laravel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What can go wrong between a page and a channel: the cause, for everybody, and the cure, for the log. */
enum Trouble {
    UNAUTHENTICATED(
            "Laravel sees no logged-in user",
            "log in; let the session cookie reach this server (same site, SESSION_DOMAIN in Laravel),"
                    + " or send a token in Echo's auth.headers"),
    FORBIDDEN(
            "Laravel refused the channel",
            "look at the channel's callback in routes/channels.php and its guard, and whether the visitor is logged in"),
    NO_ROUTE(
            "Laravel has no such route",
            "register it with Broadcast::routes(), or correct authEndpoint (and authHost)"),
    NO_POST("the route of Laravel takes no POST", "correct authEndpoint; usually it is /broadcasting/auth"),
    CSRF(
            "Laravel misses the CSRF token",
            "put <meta name=\"csrf-token\"> into the page, let the cookie XSRF-TOKEN reach this server"
                    + " (same site, SESSION_DOMAIN in Laravel), or exempt the route from the check"),
    REDIRECT(
            "Laravel redirects",
            "if to a login page: log in, as for status 401; if not: write the address it leads to into authHost"),
    SERVER_ERROR("Laravel failed", "look into storage/logs/laravel.log and the log of its web server"),
    UNEXPECTED_STATUS("Laravel gave an answer that is not 200", "look into the log of Laravel's web server"),
    FOREIGN_PAGE(
            "the page's origin is not allowed to use cookies, so Laravel did not get them",
            "add the origin to allowedOrigins if the page is yours"),
    NEGATIVE("Laravel answered 200 with a false value", "grant a channel with true, refuse it with status 403"),
    NO_MEMBER(
            "Laravel returned true instead of user data for a presence channel",
            "return an array about the user from the channel's callback in routes/channels.php"),
    NOT_JSON(
            "Laravel answered 200 but no JSON, which grants the channel, as in laravel-echo-server",
            "check that authHost and authEndpoint lead to the application, and that its broadcaster is not log or null"),
    NO_HOST(
            "no auth host fits this page",
            "add a URL with http:// or https:// to authHost; .example.com stands for one label below it"),
    CONNECTION(
            "Laravel cannot be reached",
            "write into authHost where it listens as seen from here; in a container, localhost is the container itself"),
    UNKNOWN_HOST("the auth host has no address", "correct the name in authHost, or the DNS of this machine"),
    TLS(
            "the certificate or the TLS of the auth host is not accepted",
            "name its certificate or CA in authTls.ca, correct the name in authHost, or (for development only)"
                    + " set authTls.verify to false; for a port without TLS write http:// in authHost"),
    TIMEOUT(
            "Laravel did not answer in time",
            "look for slow queries and too few PHP workers; limits.authTimeoutSeconds is the time"),
    BROKEN("the connection to Laravel broke", "look into the log of Laravel's web server"),
    ANSWER_TOO_LARGE("the answer is too large", "check that authHost and authEndpoint lead to Laravel"),
    HEADERS_TOO_LARGE("the page's auth.headers are too large", "send less than 16 KiB"),
    OVERLOADED(
            "too many questions to Laravel are open",
            "give Laravel more workers, or raise limits.authConcurrency or limits.authQueue"),
    STOPPING("the server is stopping", "connect again");

    private final String cause;
    private final String cure;

    Trouble(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    String cause() {
        return cause;
    }

    String cure() {
        return cure;
    }

    /** What a status other than 200 means. */
    static Trouble of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NO_ROUTE;
            case 405 -> NO_POST;
            case 419 -> CSRF;
            default -> status >= 500 ? SERVER_ERROR : status / 100 == 3 ? REDIRECT : UNEXPECTED_STATUS;
        };
    }

    /** Why there was no answer. */
    static Trouble of(IOException failure) {
        if (failure instanceof SSLException) {
            return TLS;
        }
        if (failure instanceof UnknownHostException) {
            return UNKNOWN_HOST;
        }
        if (failure instanceof InterruptedIOException) {
            return TIMEOUT;
        }
        return failure instanceof ConnectException || failure instanceof NoRouteToHostException ? CONNECTION : BROKEN;
    }

    /** Whether a missing cookie may be the reason. */
    boolean isCuredByCookies() {
        return this == UNAUTHENTICATED || this == FORBIDDEN || this == CSRF || this == REDIRECT;
    }
}
