package dev.echoserver.doctor;

/** Those of nginx. */
record NginxLines(Place place) implements ProxyLines {
    private static final String RELOAD = ", then: nginx -t && systemctl reload nginx";
    private static final String UPGRADE = """
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            """;
    private static final String PATIENCE = "proxy_read_timeout 90s;\n";

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String[] way() {
        String inside = "proxy_pass http://127.0.0.1:" + place.port() + ";\n" + UPGRADE + """
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                """ + PATIENCE;
        return ProxyLines.cure(
                "write into the server block of nginx" + RELOAD,
                "location " + place.path() + "/ {\n" + inside.indent(4) + "}\n");
    }

    @Override
    public String[] target() {
        return ProxyLines.cure(
                "start the server, and let nginx lead to its port:",
                "proxy_pass http://127.0.0.1:" + place.port()
                        + ";\n# with SELinux also: setsebool -P httpd_can_network_connect 1\n");
    }

    @Override
    public String[] webSocket() {
        return inLocation(UPGRADE);
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure("nginx, in the upstream block:", "hash $remote_addr consistent;");
    }

    @Override
    public String[] patience() {
        return inLocation(PATIENCE + "proxy_send_timeout 90s;\n");
    }

    private String[] inLocation(String lines) {
        return ProxyLines.cure("write into \"location " + place.path() + "/\" of nginx" + RELOAD, lines);
    }
}
