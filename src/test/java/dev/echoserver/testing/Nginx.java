package dev.echoserver.testing;

import dev.echoserver.testing.ProxyProgram.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A running nginx that tells which nodes have answered. */
public final class Nginx implements AutoCloseable {
    private final ReverseProxy proxy;

    private Nginx(ReverseProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Starts it within {@code folder}, with the sample, before the nodes on the ports {@code nodes}, with the certificate
     * {@code name} of {@code openssl}. Skips the running test where there is no nginx.
     */
    public static Nginx start(Path folder, OpenSsl openssl, String name, List<Integer> nodes) {
        Site site = new Site(openssl, name, freePort(), nodes);
        return new Nginx(ReverseProxy.start(new NginxProgram(), folder, site));
    }

    /** Starts it within {@code folder} with the server blocks {@code site}, of which one listens on {@code port}. */
    public static Nginx start(Path folder, int port, String site) {
        return new Nginx(ReverseProxy.start(new NginxProgram(), folder, port, site));
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() {
        return ReverseProxy.freePort();
    }

    /** Where browsers connect. */
    public int port() {
        return proxy.port();
    }

    /** The addresses of the nodes that have answered, each request a line. */
    public List<String> nodes() {
        try {
            return Files.readAllLines(proxy.folder().resolve("nodes.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has logged. */
    public String output() {
        return proxy.output();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
