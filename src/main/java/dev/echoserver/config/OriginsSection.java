package dev.echoserver.config;

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

    private final Section section;
    private final Findings findings;
    private final boolean isLoose;

    private OriginsSection(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
        this.isLoose = section.isInOldFile(KEY) && !section.isList(KEY);
    }

    /** Never empty; gives a notice for each entry that can match no page. */
    static List<String> read(Section section, Findings findings) {
        return new OriginsSection(section, findings).entries();
    }

    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        for (String text : section.texts(KEY, "*:*")) {
            for (String entry : SPACE.splitAsStream(text.strip()).toList()) {
                entries.add(entry(entry.toLowerCase(Locale.ROOT)));
            }
        }
        return entries;
    }

    private String entry(String text) {
        Matcher parts = ENTRY.matcher(text);
        if (!parts.matches()) {
            String cure = text.contains("*") ? "each host, or \"*:443\" for all pages on that port" : example();
            return dead(text, cure);
        }
        String scheme = parts.group("scheme") == null ? "" : parts.group("scheme") + "://";
        String host = parts.group("host");
        String port = parts.group("port") == null ? "" : ":" + parts.group("port");
        if (port.isEmpty()) {
            return dead(text, withPort(scheme, host));
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

    private static String withPort(String scheme, String host) {
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
        notice("holds \"" + text + "\", which fits no page, so it lets nobody in", cure);
        return text;
    }

    private void notice(String message, String cure) {
        findings.notice(section.pathOf(KEY), message, "Write " + cure);
    }
}
