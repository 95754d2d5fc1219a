package dev.echoserver.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * What nginx needs in front of the server, as it is written there. Source: {@code nginx/echo-server.conf}.
 *
 * @param path {@code socketio.path}
 * @param port of the server
 */
record NginxLines(String path, int port) {
    private static final List<String> UPGRADE = List.of(
            "proxy_http_version 1.1;",
            "proxy_set_header Upgrade $http_upgrade;",
            "proxy_set_header Connection \"upgrade\";");

    /** The whole block. */
    String[] location() {
        List<String> lines = new ArrayList<>();
        lines.add("    location " + path + "/ {");
        lines.add("        proxy_pass http://127.0.0.1:" + port + ";");
        UPGRADE.forEach(line -> lines.add("        " + line));
        lines.add("        proxy_set_header Host $host;");
        lines.add("        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;");
        lines.add("        proxy_set_header X-Forwarded-Proto $scheme;");
        lines.add("        proxy_read_timeout 90s;");
        lines.add("    }");
        return with("write into the server block of nginx, then: nginx -t && systemctl reload nginx", lines);
    }

    /** The lines for WebSocket. */
    String[] upgrade() {
        return with(
                "write into \"location " + path + "/\" of nginx, then: nginx -t && systemctl reload nginx",
                UPGRADE.stream().map(line -> "    " + line).toList());
    }

    private static String[] with(String where, List<String> lines) {
        List<String> all = new ArrayList<>(List.of(where));
        all.addAll(lines);
        return all.toArray(String[]::new);
    }
}
