package dev.echoserver.laravel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
    private static final List<String> OUR_FAMILIES = List.of("content-", "proxy-", "x-forwarded-");

    private final Map<String, String> given;

    ClientHeaders(Map<String, String> given) {
        this.given = given;
    }

    /** Those that may be passed on. Of two names that differ in case only, one survives. */
    Map<String, String> passedOn() {
        Map<String, String> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> {
            if (isToken(name) && !isOurs(name) && isPrintable(value)) {
                passed.put(name, value);
            }
        });
        return passed;
    }

    /** The page's own {@code Cookie}, which replaces the browser's. */
    Optional<String> cookie() {
        for (Map.Entry<String, String> header : given.entrySet()) {
            String value = header.getValue();
            if (header.getKey().equalsIgnoreCase("cookie") && !value.isEmpty() && isPrintable(value)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** How many characters all names and values have. */
    int size() {
        int size = 0;
        for (Map.Entry<String, String> header : given.entrySet()) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size;
    }

    /** Whether {@code value} stays on the one line of its header. */
    static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code name} can name a header. */
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLetterOrDigit(name.charAt(i)) && "!#$%&'*+.^_`|~-".indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isOurs(String name) {
        String read = asWebServersRead(name);
        return OURS.contains(read) || OUR_FAMILIES.stream().anyMatch(read::startsWith);
    }

    /** The token {@code name} in lower case, with a hyphen for all that is neither letter nor digit. */
    private static String asWebServersRead(String name) {
        char[] read = name.toCharArray();
        for (int i = 0; i < read.length; i++) {
            read[i] = isLetterOrDigit(read[i]) ? Character.toLowerCase(read[i]) : '-';
        }
        return new String(read);
    }
}
