package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisTlsConfig;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other servers at the address of Redis. */
final class StrangerIT {
    private static final String HTTP = "HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    Path folder;

    /** Answers the first bytes of each connection with {@code answer}. */
    private record Server(ServerSocket socket, String answer) implements AutoCloseable {
        static Server saying(String answer) throws IOException {
            Server server = new Server(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
            Thread thread = new Thread(server::run, "stranger");
            thread.setDaemon(true);
            thread.start();
            return server;
        }

        private void run() {
            while (!socket.isClosed()) {
                try (Socket peer = socket.accept()) {
                    if (peer.getInputStream().read() >= 0) {
                        peer.getOutputStream().write(answer.getBytes(ISO_8859_1));
                        peer.shutdownOutput();
                        peer.getInputStream().skip(Long.MAX_VALUE);
                    }
                } catch (IOException closed) {
                    // The test is over, or the peer is gone.
                }
            }
        }

        RedisConfig settings() {
            return RedisConfig.of(InetAddress.getLoopbackAddress().getHostAddress(), socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thatAreWebServersAreNamed(boolean tls) throws IOException {
        try (Server nginx = Server.saying(HTTP)) {
            RedisConfig settings = tls ? nginx.settings().withTls(RedisTlsConfig.DEFAULT) : nginx.settings();

            assertThat(warning(settings))
                    .contains("a web server (HTTP/1.1 400 Bad Request, Server: nginx/1.22.1)", "REDIS_HOST", ".port");
        }
    }

    @Test
    void thatAreRedisWithTlsAloneSayWhatToWrite() {
        Certificates certificates = new Certificates(folder);
        certificates.issue("redis", "IP:" + RedisServers.HOST);
        try (RedisServers servers = new RedisServers(folder)) {
            RedisServers.Node node =
                    servers.startTls(certificates.optionsOf("redis").toArray(String[]::new));

            assertThat(warning(node.settings())).contains("\"tls\": {}");
        }
    }

    @Test
    void thatAreRedisWithoutTlsSayWhatToWrite() {
        try (RedisServers servers = new RedisServers(folder)) {
            assertThat(warning(servers.start().settings().withTls(RedisTlsConfig.DEFAULT)))
                    .contains("no TLS on this port");
        }
    }

    /** The one line of the start, without a stack trace of anybody. */
    private static String warning(RedisConfig settings) {
        try (CapturedLog everybody = CapturedLog.ofEverybody();
                SourceUnderTest source = SourceUnderTest.openWithoutWaiting(settings)) {
            await().until(() -> !everybody.lines(Level.WARN).isEmpty());
            assertThat(source.isListening()).isFalse();
            assertThat(everybody.traces()).isEmpty();
            return everybody.lines(Level.WARN).get(0);
        }
    }
}
