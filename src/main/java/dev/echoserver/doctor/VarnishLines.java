package dev.echoserver.doctor;

/** Those of Varnish. */
record VarnishLines(Place place) implements ProxyLines {
    private static final String RELOAD = ", then: systemctl reload varnish";
    private static final String PIPED = "if (req.http.Upgrade ~ \"(?i)websocket\") { return (pipe); }\n";
    private static final String PIPE = """
            sub vcl_pipe {
                if (req.http.Upgrade) {
                    set bereq.http.Upgrade = req.http.Upgrade;
                    set bereq.http.Connection = req.http.Connection;
                }
            }
            """;

    @Override
    public String name() {
        return "Varnish";
    }

    private String backend() {
        return "backend echo_server { .host = \"127.0.0.1\"; .port = \"" + place.port()
                + "\"; .first_byte_timeout = 90s; }\n";
    }

    private String receive(String inside) {
        String block = "if (req.url ~ \"" + place.pattern() + "\") {\n" + inside.indent(4) + "}\n";
        return "sub vcl_recv {\n" + block.indent(4) + "}\n";
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "write into the VCL of Varnish, behind \"vcl 4.1;\"" + RELOAD,
                backend() + receive("set req.backend_hint = echo_server;\n" + PIPED + "return (pass);\n") + PIPE);
    }

    @Override
    public String[] target() {
        return ProxyLines.cure("start the server, and let Varnish lead to its port:", backend());
    }

    @Override
    public String[] webSocket() {
        return ProxyLines.cure("write into the VCL of Varnish, behind \"vcl 4.1;\"" + RELOAD, receive(PIPED) + PIPE);
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure(
                "Varnish, in vcl_recv, \"nodes\" being a shard director (vmod_directors):",
                "set req.backend_hint = nodes.backend(by=KEY, key=nodes.key(client.ip));\n");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure(
                "give varnishd a longer time limit (systemctl edit --full varnish, or at once:"
                        + " varnishadm param.set pipe_timeout 90)",
                "-p pipe_timeout=90\n");
    }
}
