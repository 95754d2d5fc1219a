package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Apache's HTTP server, and this project's sample for it. */
public final class Apache implements ProxyProgram {
    private static final List<String> MODULES = List.of(
            "mpm_event",
            "authz_core",
            "alias",
            "socache_shmcb",
            "ssl",
            "http2",
            "headers",
            "reqtimeout",
            "proxy",
            "proxy_http");

    @Override
    public String program() {
        return ProxyProgram.server("apache2");
    }

    /** Its sample is for one. */
    @Override
    public int nodes() {
        return 1;
    }

    @Override
    public String sample(Site site) {
        int plain = ReverseProxy.freePort();
        return "Listen 127.0.0.1:" + site.port() + "\nListen 127.0.0.1:" + plain + "\n"
                + ProxyProgram.read("proxies/apache.conf")
                        .replace("*:443", "127.0.0.1:" + site.port())
                        .replace("*:80", "127.0.0.1:" + plain)
                        .replaceAll("(SSLCertificateFile +)\\S+", "$1" + site.certificate())
                        .replaceAll("(SSLCertificateKeyFile +)\\S+", "$1" + site.key())
                        .replace("127.0.0.1:6001", "127.0.0.1:" + site.nodes().get(0));
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        Path file = folder.resolve("apache.conf");
        Files.writeString(file, main(folder) + configuration);
        return List.of("-D", "FOREGROUND", "-f", file.toString());
    }

    private static String main(Path folder) {
        String modules = MODULES.stream()
                .map(name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
                .collect(Collectors.joining());
        String user = System.getProperty("user.name").equals("root") ? "User www-data\nGroup www-data\n" : "";
        return Stream.of(
                        "ServerRoot " + folder,
                        "ServerName localhost",
                        "PidFile " + folder.resolve("apache.pid"),
                        "DefaultRuntimeDir " + folder,
                        "Mutex file:" + folder + " default",
                        "ErrorLog /dev/stderr",
                        "RequestReadTimeout header=20-40,minrate=500 body=10,minrate=500") // As in Debian.
                .collect(Collectors.joining("\n", modules + user, "\n"));
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        running.signal("USR1");
    }

    @Override
    public String toString() {
        return "Apache";
    }
}
