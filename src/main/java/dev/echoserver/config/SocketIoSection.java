package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.config.SocketIoConfig.Compression;
import dev.echoserver.config.SocketIoConfig.Cookie;
import dev.echoserver.config.SocketIoConfig.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code socketio}, which laravel-echo-server hands to socket.io as it is. */
final class SocketIoSection {
    private static final int MEBIBYTE = 1 << 20;
    private static final int COMPRESSION_THRESHOLD_BYTES = 1024;

    private SocketIoSection() {}

    static SocketIoConfig read(Section section, Findings findings) {
        SocketIoConfig config = new SocketIoConfig(
                path(section),
                section.flag("serveClient", true),
                clientVersion(section),
                section.texts("origins", "*:*"),
                section.millis("pingInterval", Duration.ofSeconds(25)),
                section.millis("pingTimeout", Duration.ofSeconds(20)),
                section.millis("upgradeTimeout", Duration.ofSeconds(10)),
                section.millis("connectTimeout", Duration.ofSeconds(45)),
                section.whole("maxHttpBufferSize", MEBIBYTE, 1024, Integer.MAX_VALUE),
                transports(section, findings),
                section.flag("allowUpgrades", true),
                compression(section, "perMessageDeflate"),
                compression(section, "httpCompression"),
                cookie(section));
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
        for (String name : section.texts("transports", "polling", "websocket")) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "polling" -> transports.add(Transport.POLLING);
                case "websocket" -> transports.add(Transport.WEBSOCKET);
                default ->
                    findings.problem(
                            section.pathOf("transports"),
                            "names \"" + name + "\"",
                            "Write [\"polling\", \"websocket\"] or one of them");
            }
        }
        return transports.isEmpty() ? EnumSet.allOf(Transport.class) : transports;
    }

    /** {@code false}, {@code true} or {@code {"threshold": bytes, …}}. */
    private static Compression compression(Section section, String key) {
        if (!section.value(key).isObject()) {
            return new Compression(section.flag(key, false), COMPRESSION_THRESHOLD_BYTES);
        }
        int threshold = section.section(key).whole("threshold", COMPRESSION_THRESHOLD_BYTES, 0, Integer.MAX_VALUE);
        return new Compression(true, threshold);
    }

    /** {@code false} and {@code ""} switch it off or on with the default name, as in engine.io 3. */
    private static Optional<Cookie> cookie(Section section) {
        boolean isOn = !isFalse(section.value("cookie"));
        String name = isOn && !section.value("cookie").isBoolean() ? section.text("cookie", "io") : "io";
        boolean hasPath = !isFalse(section.value("cookiePath"));
        Optional<String> path = hasPath ? Optional.of(section.text("cookiePath", "/")) : Optional.empty();
        boolean httpOnly = section.flag("cookieHttpOnly", true) && path.isPresent();
        return isOn ? Optional.of(new Cookie(name, path, httpOnly)) : Optional.empty();
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }
}
