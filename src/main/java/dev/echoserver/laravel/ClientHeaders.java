package dev.echoserver.laravel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The headers that a page wants Laravel to see ({@code auth.headers}), without those that are not the page's to say:
 * how the request is framed and decoded, who is asked, and on whose behalf.
 *
 * <p>Web servers read {@code X_Forwarded-For} as {@code X-Forwarded-For}; so does this.
 */
final class ClientHeaders {
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "cookie",
            "cookie2",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy", // Becomes HTTP_PROXY in a CGI environment.
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-http-method-override",
            "x-original-url",
            "x-real-ip",
            "x-requested-with",
            "x-rewrite-url");
    private static final Pattern OUR_FAMILIES = Pattern.compile("(content|proxy|x-forwarded)-.*");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, String> given;

    ClientHeaders(Map<String, String> given) {
        this.given = given;
    }

    /** Those that may be passed on. Of two names that differ in case only, one survives. */
    Map<String, String> passedOn() {
        Map<String, String> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> {
            if (TOKEN.matcher(name).matches() && !isOurs(name) && isPrintable(value)) {
                passed.put(name, value);
            }
        });
        return passed;
    }

    /** The page's own {@code Cookie}, which replaces the browser's. */
    Optional<String> cookie() {
        return given.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("cookie"))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isEmpty() && isPrintable(value))
                .findFirst();
    }

    /** How many characters all names and values have. */
    int size() {
        return given.entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
    }

    /** Whether {@code value} stays on the one line of its header. */
    static boolean isPrintable(String value) {
        return value.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isOurs(String name) {
        String read = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return OURS.contains(read) || OUR_FAMILIES.matcher(read).matches();
    }
}
