package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** An application that answers questions about channels with any bytes, well or not at all. */
final class HostileApplication implements AutoCloseable {
    private static final long DRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int CHUNK = 1 << 13;

    private final ServerSocket listener;
    private final Function<Question, HostileAnswer> answers;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Answers with {@code answers}. */
    HostileApplication(Function<Question, HostileAnswer> answers) {
        this.answers = answers;
        try {
            this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** What it is asked; {@code user} is the header {@code X-User}, or empty. */
    record Question(String channel, String user) {}

    /** For {@code authHost}. */
    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                HostileAnswer answer = answers.apply(question(in));
                goesOn = give(answer, connection);
            }
        } catch (IOException gone) {
            // The server has had enough, as it should.
        }
    }

    private static Question question(InputStream in) throws IOException {
        int length = 0;
        String user = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            } else if (lower.startsWith("x-user:")) {
                user = line.substring(7).strip();
            }
        }
        String form = new String(in.readNBytes(length), ISO_8859_1);
        String channel = form.replaceFirst("^(.*&)?channel_name=", "").replaceFirst("&.*$", "");
        return new Question(URLDecoder.decode(channel, UTF_8), user);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed by the server");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** False if the connection is over. */
    private static boolean give(HostileAnswer answer, Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        switch (answer.ending()) {
            case DRIPPING -> drip(answer.bytes(), out);
            case ENDLESS -> repeat(answer.bytes(), out);
            default -> out.write(answer.bytes());
        }
        if (answer.ending() == HostileAnswer.Ending.SILENT) {
            connection.getInputStream().read(); // Until the server closes.
        }
        return answer.ending() == HostileAnswer.Ending.KEPT;
    }

    private static void drip(byte[] bytes, OutputStream out) throws IOException {
        for (byte b : bytes) {
            out.write(b);
            LockSupport.parkNanos(DRIP_NANOS);
        }
    }

    private static void repeat(byte[] bytes, OutputStream out) throws IOException {
        out.write(bytes);
        byte[] chunk = new byte[Math.min(CHUNK, bytes.length)];
        System.arraycopy(bytes, bytes.length - chunk.length, chunk, 0, chunk.length);
        while (true) {
            out.write(chunk); // Fails when the server closes.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
