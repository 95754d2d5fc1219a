package dev.echoserver.cli;

import dev.echoserver.Checkup;
import dev.echoserver.EchoServer;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.Scope;
import dev.echoserver.http.PortException;
import dev.echoserver.laravel.AuthTlsException;
import dev.echoserver.redis.RedisPublisher;
import dev.echoserver.redis.RedisUnavailableException;
import dev.echoserver.systemd.ServiceManager;
import dev.echoserver.systemd.Systemd;
import dev.echoserver.tls.TlsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

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

    @Override
    public void examine(ServerConfig config, Scope scope, Examination.Report report) {
        Checkup.run(config, scope, report);
    }

    /** Without systemd nothing of it is loaded. {@code nanoTime} is the monotonic clock of Linux. */
    @Override
    public ServiceManager serviceManager(Map<String, String> environment) {
        return environment.containsKey("NOTIFY_SOCKET")
                ? Systemd.of(environment, ProcessHandle.current().pid(), System::nanoTime)
                : ServiceManager.NONE;
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
        public List<? extends Executor> loops() {
            return server.loops();
        }

        @Override
        public int connections() {
            return server.connections();
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
