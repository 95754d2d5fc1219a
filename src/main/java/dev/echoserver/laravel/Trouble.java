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
                    + " or send a token in Echo's auth.headers; cookies for Sanctum also need"
                    + " \"strictCompatibility\": false"),
    FORBIDDEN(
            "Laravel refused the channel",
            "look at the channel's callback in routes/channels.php and its guard, and whether the visitor is logged in;"
                    + " a callback that returns nothing or an empty array refuses, too"),
    PREFIX_IN_NAME(
            "Laravel refused the channel, whose name contains the prefix of Redis",
            "Laravel takes the prefix out wherever it stands in the name, and then finds no such channel in"
                    + " routes/channels.php: give the channel another name, or change REDIS_PREFIX and keyPrefix"),
    NO_ROUTE(
            "Laravel has no such route",
            "register it with Broadcast::routes(), or correct authEndpoint (and authHost)"),
    NO_POST("the route of Laravel takes no POST", "correct authEndpoint; usually it is /broadcasting/auth"),
    CSRF(
            "Laravel misses the CSRF token",
            "put <meta name=\"csrf-token\"> into the page, let the cookie XSRF-TOKEN reach this server"
                    + " (same site, SESSION_DOMAIN in Laravel, \"strictCompatibility\": false),"
                    + " or exempt the route from the check"),
    REDIRECT(
            "Laravel redirects",
            "if to a login page: log in, as for status 401; if not: write the address it leads to into authHost"),
    THROTTLED(
            "Laravel's throttle refuses so many questions",
            "take throttle off the route of authEndpoint, or raise its limit in RateLimiter::for(…): a page asks once for"
                    + " each private channel, and for Laravel all visitors have this server's address unless it trusts"
                    + " X-Forwarded-For"),
    MAINTENANCE(
            "Laravel is in maintenance mode",
            "php artisan up; to let channels be joined meanwhile, exempt the route in bootstrap/app.php:"
                    + " $middleware->preventRequestsDuringMaintenance(except: ['broadcasting/auth'])"),
    UNAVAILABLE(
            "Laravel's web server takes no more requests, or what it passes them to is down",
            "look into the log of Laravel's web server, and whether PHP-FPM runs and has workers enough"),
    NO_CONNECTION(
            "config/broadcasting.php of Laravel lacks the connection that BROADCAST_CONNECTION names",
            "write into its 'connections': 'redis' => ['driver' => 'redis', 'connection' => 'default'],"
                    + " then php artisan config:clear; Laravel 11 and newer come without it"),
    SERVER_ERROR(
            "Laravel failed",
            "look into storage/logs/laravel.log and the log of its web server; often it is \"Broadcast connection [redis]"
                    + " is not defined\": then write 'redis' => ['driver' => 'redis', 'connection' => 'default'] into"
                    + " 'connections' of config/broadcasting.php"),
    UNEXPECTED_STATUS("Laravel gave an answer that is not 200", "look into the log of Laravel's web server"),
    FOREIGN_PAGE(
            "the page's origin is not allowed to use cookies, so Laravel did not get them",
            "if the page is yours, let the proxy pass on the name that browsers use (nginx: proxy_set_header Host $host;"
                    + " Apache: ProxyPreserveHost On), or name the proxy in trustedProxies if it sends X-Forwarded-Host,"
                    + " or add the origin to allowedOrigins"),
    EMPTY(
            "Laravel answered 200 and nothing else, as its broadcasters log and null do",
            "write BROADCAST_CONNECTION=redis (BROADCAST_DRIVER before Laravel 11) into .env, then php artisan"
                    + " config:clear; an endpoint of your own must return its answer"),
    HTML(
            "Laravel answered 200 with an HTML page, such as a login page",
            "check that authHost and authEndpoint lead to Laravel's broadcasting route, and that the visitor is logged in"),
    PHP_MESSAGE(
            "Laravel's answer has an error or a warning of PHP in it",
            "mend what PHP says, and write display_errors=Off into php.ini"),
    NOT_JSON(
            "Laravel answered 200 with a text that is no JSON",
            "check that authHost and authEndpoint lead to Laravel's broadcasting route; if this text means yes, write"
                    + " \"authAnswers\": \"any\""),
    ERROR_OBJECT(
            "Laravel answered 200 with an error object",
            "refuse with status 401 or 403, and grant with true; if this object means yes, write"
                    + " \"authAnswers\": \"any\""),
    OTHER_ANSWER(
            "Laravel answered 200, but with none of its ways to grant a channel",
            "grant with true, or with an object that has auth or channel_data; if this answer means yes, write"
                    + " \"authAnswers\": \"any\""),
    NEGATIVE("Laravel answered 200 with a false value", "grant a channel with true, refuse it with status 403"),
    NO_MEMBER(
            "Laravel returned true instead of user data for a presence channel",
            "return an array about the user from the channel's callback in routes/channels.php"),
    LIST_FOR_MEMBER(
            "Laravel answered with a list instead of user data for a presence channel",
            "answer with one object, as Laravel does: {\"channel_data\": {\"user_id\": 1, \"user_info\": {…}}}"),
    OBJECT_WITHOUT_MEMBER(
            "Laravel answered with an object without user data for a presence channel",
            "answer with channel_data, which has a user_id, as Laravel does:"
                    + " {\"channel_data\": {\"user_id\": 1, \"user_info\": {…}}}"),
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

    /** What a status other than 200 means, as far as it tells. */
    static Trouble of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NO_ROUTE;
            case 405 -> NO_POST;
            case 419 -> CSRF;
            case 429 -> THROTTLED;
            case 502, 503, 504 -> UNAVAILABLE;
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
        return switch (this) {
            case UNAUTHENTICATED, FORBIDDEN, CSRF, REDIRECT, HTML, ERROR_OBJECT -> true;
            default -> false;
        };
    }
}
