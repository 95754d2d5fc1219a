package dev.echoserver.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A bad network before a port of this machine. It takes whatever is sent, and passes it on as it is told to. */
final class Passage implements AutoCloseable {
    private static final int CHUNK_BYTES = 8192;

    private final int target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isToCut = new AtomicBoolean();
    private volatile boolean isHeld;
    private volatile long delayNanos;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Chunk(long dueNanos, byte[] bytes) {}

    Passage(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on everything takes so much longer. */
    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** From now on no connection passes more than this. */
    void limit(int newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** From now on nothing comes out. */
    void hold() {
        isHeld = true;
    }

    /** Undoes the above. */
    void free() {
        isHeld = false;
        delayNanos = 0;
        bytesPerSecond = Integer.MAX_VALUE;
    }

    /** Ends the next connection that something comes over from the target, in the middle of it. */
    void cutInTheMiddle() {
        isToCut.set(true);
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            sockets.add(client);
            run(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(behind);
            pass(client, behind, new AtomicBoolean());
            pass(behind, client, isToCut);
        } catch (IOException refused) {
            client.close();
        }
    }

    private void pass(Socket from, Socket to, AtomicBoolean cut) {
        BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
        run(() -> read(from, chunks));
        run(() -> write(chunks, to, cut));
    }

    private void read(Socket from, BlockingQueue<Chunk> chunks) throws IOException {
        byte[] buffer = new byte[CHUNK_BYTES];
        InputStream in = from.getInputStream();
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                chunks.add(new Chunk(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, count)));
            }
        } finally {
            chunks.add(new Chunk(System.nanoTime() + delayNanos, new byte[0]));
        }
    }

    private void write(BlockingQueue<Chunk> chunks, Socket to, AtomicBoolean cut)
            throws IOException, InterruptedException {
        try (to) {
            for (Chunk chunk = chunks.take(); chunk.bytes().length > 0; chunk = chunks.take()) {
                awaitTurn(chunk);
                if (cut.compareAndSet(true, false)) {
                    to.getOutputStream().write(chunk.bytes(), 0, chunk.bytes().length / 2);
                    return;
                }
                write(chunk.bytes(), to.getOutputStream());
            }
        }
    }

    private void awaitTurn(Chunk chunk) {
        while (isHeld || chunk.dueNanos() > System.nanoTime()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void write(byte[] bytes, OutputStream out) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, Math.max(1, bytesPerSecond / 50));
            out.write(bytes, at, count);
            at += count;
            if (bytesPerSecond < Integer.MAX_VALUE) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return; // One end is gone, or the test is over.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "passage");
        thread.setDaemon(true);
        thread.start();
    }
}
