package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy, and this project's sample for it. */
public final class HaProxy implements ProxyProgram {

    @Override
    public String program() {
        return ProxyProgram.server("haproxy");
    }

    @Override
    public String sample(Site site) {
        site.openssl()
                .write(
                        "haproxy.pem",
                        site.openssl().content(site.name() + ".pem")
                                + site.openssl().content(site.name() + ".key"));
        return ProxyProgram.read("proxies/haproxy.cfg")
                .replace("bind :80", "bind 127.0.0.1:" + ReverseProxy.freePort())
                .replace("bind :443", "bind 127.0.0.1:" + site.port())
                .replaceAll("crt \\S+", "crt " + site.openssl().file("haproxy.pem"))
                .replaceFirst("server node1 127\\.0\\.0\\.1:6001(.*)\n", site.lines("server node%d 127.0.0.1:%d$1"));
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, "global\nmaxconn 1000\n" + configuration);
        return List.of("-W", "-db", "-f", file.toString());
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        running.signal("USR2");
    }

    @Override
    public String toString() {
        return "HAProxy";
    }
}
