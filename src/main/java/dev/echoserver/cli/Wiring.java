package dev.echoserver.cli;

import dev.echoserver.EchoServer;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.http.PortException;
import dev.echoserver.laravel.AuthTlsException;
import dev.echoserver.redis.RedisPublisher;
import dev.echoserver.redis.RedisUnavailableException;
import dev.echoserver.tls.TlsException;
import java.util.Optional;

/** Connects the commands to the server. */
final class Wiring implements Backend {

    @Override
    public RunningServer start(ServerConfig config, SourceListener listener) {
        try {
            return new Running(EchoServer.start(config, listener));
        } catch (PortException | TlsException | AuthTlsException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public long publish(RedisConfig redis, String channel, byte[] payload) {
        try {
            return RedisPublisher.publish(redis, channel, payload);
        } catch (RedisUnavailableException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private record Running(EchoServer server) implements RunningServer {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Optional<Integer> httpsPort() {
            return server.httpsPort();
        }

        @Override
        public Optional<Integer> managementPort() {
            return server.managementPort();
        }

        @Override
        public void reload(ServerConfig config) {
            try {
                server.reload(config);
            } catch (TlsException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
