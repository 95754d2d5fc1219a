# echo-server behind Varnish 6 or newer. Without "pipe", browsers stay on long polling. Varnish also needs the parameter
#     varnishd -p pipe_timeout=90 …
# which is longer than pingInterval + pingTimeout (25 s + 20 s): a quiet WebSocket is not a dead one.
vcl 4.1;

backend echo_server {
    .host = "127.0.0.1"; # "host" and "port" of echo-server.json
    .port = "6001";
    .first_byte_timeout = 90s; # A poll waits.
    .between_bytes_timeout = 90s;
}

sub vcl_recv {
    # "socketio.path" of echo-server.json, with a slash at the end.
    if (req.url ~ "^/socket\.io/") {
        set req.backend_hint = echo_server;
        if (req.http.Upgrade ~ "(?i)websocket") {
            return (pipe);
        }
        return (pass);
    }
}

sub vcl_pipe {
    if (req.http.Upgrade) {
        set bereq.http.Upgrade = req.http.Upgrade;
        set bereq.http.Connection = req.http.Connection;
    }
}
