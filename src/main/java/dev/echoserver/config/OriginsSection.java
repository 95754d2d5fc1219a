package dev.echoserver.config;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code socketio.origins}: entries in a list, or in one text with spaces or commas between them.
 *
 * <p>In one text socket.io 2 looks for {@code host:port} anywhere, so that neither the scheme before it nor a path behind
 * it counts. That is kept for files of laravel-echo-server; elsewhere the scheme counts.
 *
 * <p>Source: socket.io 2.5, {@code Server#checkRequest}.
 */
final class OriginsSection {
    private static final String KEY = "origins";
    private static final Pattern SPACE = Pattern.compile("[\\s,;]+");
    private static final Pattern ENTRY = Pattern.compile("(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?"
            + "(?<host>\\*|[^\\s/?#@:\\\\\\[\\]*]+|\\[[0-9a-f:.]+])(?::(?<port>\\*|\\d{1,5}))?(?<path>[/?#].*)?");

    private static final Pattern BELOW = Pattern.compile(
            "(?:[a-z][a-z0-9+.-]*://)?\\*\\.(?<entry>[^\\s/?#@:\\\\\\[\\]*]+:(?:\\*|\\d{1,5}))(?:[/?#].*)?");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");
    private static final Pattern PORT = Pattern.compile(":(?:\\*|[1-9]\\d*)|");

    private final Section section;
    private final Findings findings;
    private final boolean isLoose;

    private OriginsSection(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
        this.isLoose = section.isInOldFile(KEY) && !section.isList(KEY);
    }

    /** Empty if nobody may connect; gives a notice for each entry that can match no page. */
    static List<String> read(Section section, Findings findings) {
        return new OriginsSection(section, findings).entries();
    }

    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        if (isOpen()) {
            section.texts(KEY, "*:*"); // Says if it is written in a way of its own.
            return List.of("*:*");
        }
        for (String text : section.texts(KEY)) {
            for (String entry : SPACE.splitAsStream(text.strip()).toList()) {
                if (!entry.isEmpty()) {
                    entries.add(entry(entry.toLowerCase(Locale.ROOT)));
                }
            }
        }
        if (entries.isEmpty()) {
            findings.mistake(
                    section.pathOf(KEY),
                    "is there but names no page, so nobody can connect",
                    "Write \"*:*\" for all pages, or " + example());
        }
        return entries;
    }

    /** Whether nothing is asked for, as socket.io takes it; a list without entries, or an empty variable, is no such thing. */
    private boolean isOpen() {
        return !Coercion.isTruthy(section.value(KEY)) && !findings.isEmptied(section.pathOf(KEY));
    }

    private String entry(String text) {
        Matcher parts = ENTRY.matcher(text);
        if (!parts.matches()) {
            Matcher below = BELOW.matcher(text);
            if (isLoose && below.matches()) {
                return withoutStar(text, below.group("entry"));
            }
            String cure = text.contains("*") ? "each host, or \"*:443\" for all pages on that port" : example();
            return dead(text, cure);
        }
        String scheme = parts.group("scheme") == null ? "" : parts.group("scheme") + "://";
        String host = parts.group("host");
        String port = parts.group("port") == null ? "" : ":" + parts.group("port");
        if (port.isEmpty()) {
            return dead(text, withPort(scheme, host));
        }
        if (!ASCII.matcher(host).matches()) {
            return dead(text, '"' + scheme + ascii(host) + port + "\", which is how browsers send it");
        }
        if (!PORT.matcher(port).matches() || (port.length() == 6 && port.compareTo(":65535") > 0)) {
            return dead(text, "a port from 1 to 65535");
        }
        boolean isPattern = port.equals(":*") || host.equals("*");
        if (isPattern && !scheme.isEmpty() && !isLoose) {
            return dead(text, '"' + host + port + '"');
        }
        String entry = (isLoose ? "" : scheme) + host + port;
        if (parts.group("path") != null) {
            notice("holds \"" + text + "\", but the origin of a page has no path", '"' + scheme + host + port + '"');
        }
        return entry;
    }

    /** In one text socket.io 2 finds the host and the port behind the star. */
    private String withoutStar(String text, String entry) {
        notice("holds \"" + text + "\", which lets in \"" + entry + "\" alone, as in laravel-echo-server", "each host");
        return entry;
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return "xn--…";
        }
    }

    private static String withPort(String scheme, String host) {
        if (host.equals("null")) {
            return "\"*:80\", which lets in all pages without an origin, and all of port 80";
        }
        if (host.equals("*")) {
            return "\"*:*\" for all pages";
        }
        return switch (scheme) {
            case "" -> '"' + host + ":443\" for its https pages, or \"" + host + ":*\" for all of them";
            case "https://" -> '"' + scheme + host + ":443\"";
            default -> '"' + scheme + host + ":80\"";
        };
    }

    private static String example() {
        return "entries such as \"https://app.example.com:443\"";
    }

    private String dead(String text, String cure) {
        String shown = text.contains("@") ? "a name or a password" : '"' + text + '"';
        notice("holds " + shown + ", which fits no page, so it lets nobody in", cure);
        return text;
    }

    private void notice(String message, String cure) {
        findings.notice(section.pathOf(KEY), message, "Write " + cure);
    }
}
