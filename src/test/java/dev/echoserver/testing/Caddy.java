package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Caddy, and this project's sample for it. */
public final class Caddy implements ProxyProgram {

    @Override
    public String program() {
        return "caddy";
    }

    @Override
    public String sample(Site site) {
        String nodes = site.nodes().stream().map(node -> "127.0.0.1:" + node).collect(Collectors.joining(" "));
        return ProxyProgram.read("proxies/Caddyfile")
                .replaceFirst(
                        "(?m)^app\\.example\\.com \\{",
                        "https://localhost:" + site.port() + ", https://127.0.0.1:" + site.port() + " {\n\ttls "
                                + site.certificate() + " " + site.key())
                .replace("127.0.0.1:6001", nodes);
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        String own = "{\n\tadmin unix/" + folder.resolve("admin") + "\n\tauto_https disable_redirects\n}\n";
        Files.writeString(folder.resolve("Caddyfile"), own + configuration);
        return List.of(
                "run",
                "--adapter",
                "caddyfile",
                "--config",
                folder.resolve("Caddyfile").toString());
    }

    @Override
    public Map<String, String> variables(Path folder) {
        return Map.of("XDG_DATA_HOME", folder.toString(), "XDG_CONFIG_HOME", folder.toString());
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        try (RunningProgram command = RunningProgram.start(
                folder,
                variables(folder),
                program(),
                "reload",
                "--force",
                "--address",
                "unix/" + folder.resolve("admin"),
                "--adapter",
                "caddyfile",
                "--config",
                "Caddyfile")) {
            if (command.exitCode() != 0) {
                throw new IllegalStateException(command.output());
            }
        }
    }

    @Override
    public String toString() {
        return "Caddy";
    }
}
