package dev.echoserver.config;

import dev.echoserver.config.SocketIoConfig.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code socketio.cookie} and what goes with it: a name with {@code cookiePath} and {@code cookieHttpOnly}, or an
 * object, which says all itself.
 *
 * <p>Source: engine.io 3.6, {@code Server#handshake}, and cookie 0.4, {@code serialize}.
 */
final class CookieSection {
    private static final String DEFAULT_NAME = "io";

    /** Stricter than RFC 7230's field-content: nothing that would begin the next attribute. */
    private static final Pattern SAFE = Pattern.compile("[\\x20-\\x7E&&[^;]]+");

    private final Section section;

    private CookieSection(Section section) {
        this.section = section;
    }

    /** {@code socketio} is the section that they stand in. Empty if {@code cookie} is {@code false}. */
    static Optional<Cookie> read(Section socketio) {
        if (socketio.isObject("cookie")) {
            socketio.ignored("\"cookie\" is an object, which says it itself", "cookiePath", "cookieHttpOnly");
            return Optional.of(new CookieSection(socketio.section("cookie")).object());
        }
        return new CookieSection(socketio).named();
    }

    private Optional<Cookie> named() {
        if (isFalse("cookie")) {
            return Optional.empty();
        }
        String name = section.value("cookie").isBoolean()
                ? DEFAULT_NAME
                : safe("cookie").orElse(DEFAULT_NAME);
        List<String> attributes = new ArrayList<>();
        if (!isFalse("cookiePath")) {
            attributes.add("Path=" + safe("cookiePath").orElse("/"));
            if (section.truth("cookieHttpOnly", true)) {
                attributes.add("HttpOnly");
            }
        }
        attributes.add("SameSite=Strict");
        return Optional.of(new Cookie(name, attributes));
    }

    private boolean isFalse(String key) {
        return section.value(key).isBoolean() && !section.value(key).booleanValue();
    }

    private Cookie object() {
        String name = safe("name").orElse(DEFAULT_NAME);
        List<String> attributes = new ArrayList<>();
        section.text("maxAge")
                .map(given -> section.whole("maxAge", 0, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .ifPresent(seconds -> attributes.add("Max-Age=" + seconds));
        safe("domain").ifPresent(domain -> attributes.add("Domain=" + domain));
        safe("path").ifPresent(path -> attributes.add("Path=" + path));
        if (section.truth("httpOnly", false)) {
            attributes.add("HttpOnly");
        }
        if (section.truth("secure", false)) {
            attributes.add("Secure");
        }
        sameSite().ifPresent(site -> attributes.add("SameSite=" + site));
        section.ignored("maxAge says how long the cookie lives", "expires");
        section.ignored("it cannot be set from JSON", "encode");
        section.close();
        return new Cookie(name, attributes);
    }

    private Optional<String> sameSite() {
        if (section.value("sameSite").isBoolean()) {
            return section.flag("sameSite", false) ? Optional.of("Strict") : Optional.empty();
        }
        return section.text("sameSite").flatMap(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "strict" -> Optional.of("Strict");
            case "lax" -> Optional.of("Lax");
            case "none" -> Optional.of("None");
            default -> {
                section.wrong("sameSite", "\"strict\", \"lax\" or \"none\"");
                yield Optional.empty();
            }
        });
    }

    private Optional<String> safe(String key) {
        Optional<String> text = section.text(key);
        Optional<String> safe = text.filter(value -> SAFE.matcher(value).matches());
        if (text.isPresent() && safe.isEmpty()) {
            section.wrong(key, "letters and digits without a semicolon");
        }
        return safe;
    }
}
