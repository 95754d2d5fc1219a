package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx, and this project's sample for it. */
public final class NginxProgram implements ProxyProgram {

    @Override
    public String program() {
        return ProxyProgram.server("nginx");
    }

    @Override
    public String sample(Site site) {
        String nodes = site.lines("server 127.0.0.1:%2$d$1;");
        return ProxyProgram.read("nginx/echo-server.conf")
                .replaceFirst(" *server 127\\.0\\.0\\.1:6001([^;]*);", nodes)
                .replace("listen 80;", "listen " + ReverseProxy.freePort() + ";")
                .replaceAll("listen \\[::\\]:\\d+.*;", "")
                .replace("listen 443 ssl", "listen " + site.port() + " ssl")
                .replaceAll("ssl_certificate .*;", "ssl_certificate " + site.certificate() + ";")
                .replaceAll("ssl_certificate_key .*;", "ssl_certificate_key " + site.key() + ";");
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        Files.writeString(folder.resolve("echo-server.conf"), configuration);
        Files.writeString(folder.resolve("nginx.conf"), main(folder));
        return List.of(
                "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString(), "-e", "stderr");
    }

    private static String main(Path folder) {
        String user = System.getProperty("user.name").equals("root") ? "user root root;\n" : "";
        return user + "daemon off;\npid " + folder.resolve("nginx.pid") + ";\nerror_log stderr;\n"
                + "worker_rlimit_nofile 16384;\nevents { worker_connections 8192; }\nhttp {\nlog_format node $upstream_addr;\naccess_log "
                + folder.resolve("nodes.log") + " node;\n"
                + String.join(
                        "",
                        List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                                .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";\n")
                                .toList())
                + "include " + folder.resolve("echo-server.conf") + ";\n}\n";
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        running.signal("HUP");
    }

    @Override
    public String toString() {
        return "nginx";
    }
}
