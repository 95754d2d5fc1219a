package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** The network between a node and its Redis. While it stalls, nothing passes, and nobody is told. */
final class StallingProxy implements AutoCloseable {
    private final RedisConfig target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore passage = new Semaphore(1);

    StallingProxy(RedisConfig target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    RedisConfig settings() {
        return RedisConfig.of("127.0.0.1", server.getLocalPort()).withKeyPrefix(target.keyPrefix());
    }

    void stall() {
        passage.acquireUninterruptibly();
    }

    void flow() {
        passage.release();
    }

    /** Ends what is connected now. */
    void cut() {
        sockets.forEach(StallingProxy::close);
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket redis = new Socket(target.host(), target.port());
            sockets.addAll(List.of(client, redis));
            run(() -> pass(client, redis));
            run(() -> pass(redis, client));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0) {
                passage.acquireUninterruptibly();
                passage.release();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return; // The test is over, or one end is.
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
