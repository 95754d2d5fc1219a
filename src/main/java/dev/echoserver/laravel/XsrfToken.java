package dev.echoserver.laravel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;

/** Laravel's cookie {@code XSRF-TOKEN}, whose value it wants back in a header. */
final class XsrfToken {
    private static final String NAME = "XSRF-TOKEN=";

    private XsrfToken() {}

    /** The token in {@code cookie}, a whole {@code Cookie} header, as it belongs into {@code X-XSRF-TOKEN}. */
    static Optional<String> in(String cookie) {
        if (!cookie.contains(NAME)) {
            return Optional.empty(); // Spares most cookies the splitting.
        }
        return Arrays.stream(cookie.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(NAME))
                .findFirst()
                .map(pair -> decoded(pair.substring(NAME.length())))
                .filter(token -> !token.isEmpty() && ClientHeaders.isPrintable(token));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8); // A cookie is no form: a plus is a plus.
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
