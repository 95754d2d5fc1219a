package dev.echoserver.config;

import dev.echoserver.config.SocketIoConfig.Compression;
import dev.echoserver.config.SocketIoConfig.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code socketio}, which laravel-echo-server hands to socket.io as it is. */
final class SocketIoSection {
    private static final int MEBIBYTE = 1 << 20;
    private static final int COMPRESSION_THRESHOLD_BYTES = 1024;

    private SocketIoSection() {}

    static SocketIoConfig read(Section section, Findings findings) {
        SocketIoConfig config = new SocketIoConfig(
                path(section),
                section.truth("serveClient", true),
                clientVersion(section),
                OriginsSection.read(section, findings),
                section.millis("pingInterval", Duration.ofSeconds(25)),
                section.millis("pingTimeout", Duration.ofSeconds(20)),
                section.millis("upgradeTimeout", Duration.ofSeconds(10)),
                section.millis("connectTimeout", Duration.ofSeconds(45)),
                section.whole("maxHttpBufferSize", MEBIBYTE, 1024, Integer.MAX_VALUE),
                transports(section, findings),
                section.truth("allowUpgrades", true),
                compression(section, "perMessageDeflate"),
                compression(section, "httpCompression"),
                CookieSection.read(section));
        section.ignored("WebSockets are served by this server itself", "wsEngine");
        section.ignored("an upgrade that is not for this server is closed at once", "destroyUpgrade");
        section.ignored("an upgrade that is not for this server is closed at once", "destroyUpgradeTimeout");
        section.ignored("clients 2, 3 and 4 are always served", "allowEIO3");
        section.ignored("it cannot be set from JSON", "adapter", "parser", "initialPacket");
        section.close();
        return config;
    }

    private static String path(Section section) {
        String path = section.text("path", "/socket.io");
        if (!path.startsWith("/") || path.length() == 1) {
            section.wrong("path", "a path that starts with a slash, such as \"/socket.io\"");
            path = path.length() <= 1 ? "/socket.io" : "/" + path;
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static int clientVersion(Section section) {
        int version = section.whole("clientVersion", 2, 2, 4);
        if (version == 3) {
            section.wrong("clientVersion", "2 or 4; client 3 pages work with 4");
        }
        return version;
    }

    private static Set<Transport> transports(Section section, Findings findings) {
        Set<Transport> transports = EnumSet.noneOf(Transport.class);
        for (String name : words(section, "transports", "polling", "websocket")) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "polling" -> transports.add(Transport.POLLING);
                case "websocket" -> transports.add(Transport.WEBSOCKET);
                default ->
                    findings.mistake(
                            section.pathOf("transports"),
                            "names \"" + name + "\"",
                            "Write [\"polling\", \"websocket\"] or one of them");
            }
        }
        return transports.isEmpty() ? EnumSet.allOf(Transport.class) : transports;
    }

    /** A list, or the same as one text; engine.io looks for a name anywhere in that. */
    private static List<String> words(Section section, String key, String... fallback) {
        List<String> words = new ArrayList<>();
        section.texts(key, fallback)
                .forEach(text -> words.addAll(List.of(text.strip().split("[\\s,;]+"))));
        return words;
    }

    /** {@code false}, {@code true} or {@code {"threshold": bytes, …}}. */
    private static Compression compression(Section section, String key) {
        if (!section.isObject(key)) {
            return new Compression(section.truth(key, false), COMPRESSION_THRESHOLD_BYTES);
        }
        int threshold = section.section(key).whole("threshold", COMPRESSION_THRESHOLD_BYTES, 0, Integer.MAX_VALUE);
        return new Compression(true, threshold);
    }
}
