package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** lighttpd, and this project's sample for it, which has no TLS. */
public final class Lighttpd implements ProxyProgram {

    @Override
    public String program() {
        return ProxyProgram.server("lighttpd");
    }

    @Override
    public String sample(Site site) {
        return "server.port = " + site.port() + "\n"
                + ProxyProgram.read("proxies/lighttpd.conf")
                        .replace(
                                "\"port\" => 6001",
                                "\"port\" => " + site.nodes().get(0));
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        Path file = folder.resolve("lighttpd.conf");
        String own = "server.bind = \"127.0.0.1\"\nserver.document-root = \"" + folder + "\"\n";
        Files.writeString(file, own + configuration);
        return List.of("-D", "-f", file.toString());
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        running.signal("USR1");
    }

    @Override
    public int nodes() {
        return 1;
    }

    @Override
    public String toString() {
        return "lighttpd";
    }
}
