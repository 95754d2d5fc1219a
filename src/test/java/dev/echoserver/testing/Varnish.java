package dev.echoserver.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Varnish, and this project's sample for it, which has no TLS. */
public final class Varnish implements ProxyProgram {
    private final int port;
    private final List<String> parameters;

    /** One that will listen on {@code port}, with more arguments: {@code -p}, {@code pipe_timeout=90}. */
    public Varnish(int port, String... parameters) {
        this.port = port;
        this.parameters = List.of(parameters);
    }

    @Override
    public String program() {
        return ProxyProgram.server("varnishd");
    }

    @Override
    public String sample(Site site) {
        return ProxyProgram.read("proxies/varnish.vcl")
                .replace("\"6001\"", "\"" + site.nodes().get(0) + "\"");
    }

    @Override
    public List<String> prepare(Path folder, String configuration) throws IOException {
        Path file = folder.resolve("varnish.vcl");
        Files.writeString(file, configuration);
        List<String> arguments = new ArrayList<>(List.of("-F", "-a", "127.0.0.1:" + port, "-f", file.toString()));
        arguments.addAll(List.of("-n", folder.resolve("work").toString(), "-s", "malloc,16m", "-j", "none"));
        arguments.addAll(parameters);
        return arguments;
    }

    @Override
    public void reload(Path folder, RunningProgram running) {
        throw new UnsupportedOperationException("varnishadm does it");
    }

    @Override
    public int nodes() {
        return 1;
    }

    @Override
    public String toString() {
        return "Varnish";
    }
}
