package dev.echoserver;

import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.ServerConfig.Protocol;
import dev.echoserver.config.TlsConfig;
import dev.echoserver.http.Port;
import dev.echoserver.http.PortException;
import dev.echoserver.tls.ServerTls;
import dev.echoserver.tls.TlsException;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where a server listens: one port, with or without TLS, and perhaps a second one with TLS. */
final class Ports implements AutoCloseable {
    private final Optional<ServerTls> tls;
    private final Port main;
    private final Optional<Port> second;

    private Ports(Optional<ServerTls> tls, Port main, Optional<Port> second) {
        this.tls = tls;
        this.main = main;
        this.second = second;
    }

    /**
     * Opens what {@code config} asks for.
     *
     * @param plain what a connection gets, once it is decrypted where there is TLS
     * @throws PortException if a port cannot be listened on
     * @throws TlsException if certificate or key cannot be used
     */
    static Ports open(ServerConfig config, Loops loops, Port.Handlers plain) {
        Optional<ServerTls> tls = config.tls().map(ServerTls::open);
        try {
            return open(config, loops, plain, tls);
        } catch (PortException e) {
            tls.ifPresent(ServerTls::close);
            throw e;
        }
    }

    private static Ports open(ServerConfig config, Loops loops, Port.Handlers plain, Optional<ServerTls> tls) {
        Optional<Port.Handlers> encrypted = tls.map(t -> t.before(plain.pipeline()))
                .map((ChannelHandler pipeline) -> new Port.Handlers(plain.guard(), pipeline, plain.maxQueueBytes()));
        boolean isMainEncrypted = config.protocol() == Protocol.HTTPS;
        Port main =
                open(place(config, config.port(), "port"), loops, isMainEncrypted ? encrypted.orElse(plain) : plain);
        try {
            Optional<Port> second = config.tls()
                    .flatMap(TlsConfig::port)
                    .map(number -> open(place(config, number, "https.port"), loops, encrypted.orElse(plain)));
            return new Ports(tls, main, second);
        } catch (PortException e) {
            main.close();
            throw e;
        }
    }

    private static Port.Place place(ServerConfig config, int number, String key) {
        InetSocketAddress address = config.host()
                .map(host -> new InetSocketAddress(host, number))
                .orElseGet(() -> new InetSocketAddress(number));
        return new Port.Place(address, "host", key, "null");
    }

    private static Port open(Port.Place place, Loops loops, Port.Handlers handlers) {
        return Port.open(place, loops.group(), loops.serverChannel(), handlers);
    }

    /** The number of the main port. */
    int main() {
        return main.number();
    }

    /** The number of the port that speaks TLS besides the main one. */
    Optional<Integer> second() {
        return second.map(Port::number);
    }

    /** The certificate, if one of them speaks TLS. */
    Optional<ServerTls> certificate() {
        return tls;
    }

    /**
     * Reads certificate and key anew.
     *
     * @throws TlsException if they cannot be used; the old ones stay
     */
    void reload(ServerConfig config) {
        tls.ifPresent(running -> config.tls().ifPresent(running::reload));
    }

    /** Stops accepting; connections go on. Idempotent. */
    @Override
    public void close() {
        main.close();
        second.ifPresent(Port::close);
        tls.ifPresent(ServerTls::close);
    }
}
