package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application that can be made ill at any time. While it is well, everybody may join, and the user is who the header
 * {@code X-User} says.
 */
final class AuthHost implements AutoCloseable {
    private static final Pattern USER = Pattern.compile("(?i)\r\nX-User: (\\S+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");

    private final int port = RedisProcess.freePort();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<ServerSocket> server = Optional.empty();
    private volatile int mostOpen;
    private volatile Duration thinking = Duration.ZERO;
    private volatile boolean isSilent;

    /** One that is well. */
    static AuthHost start() {
        AuthHost host = new AuthHost();
        host.come();
        return host;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on connections are refused, those there are cut. */
    void go() {
        try {
            if (server.isPresent()) {
                server.get().close();
            }
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Undoes {@link #go}. */
    void come() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            server = Optional.of(opened);
            run(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on connections are accepted and questions are read, but nothing is said. */
    void fallSilent() {
        isSilent = true;
    }

    /** Undoes {@link #fallSilent}; what was asked meanwhile is answered now. */
    void speak() {
        isSilent = false;
    }

    /** From now on each answer takes so long. */
    void think(Duration time) {
        thinking = time;
    }

    /** How many connections there were at the worst moment. */
    int mostOpen() {
        return mostOpen;
    }

    private void accept(ServerSocket from) throws IOException {
        while (true) {
            Socket socket = from.accept();
            open.add(socket);
            mostOpen = Math.max(mostOpen, open.size()); // One thread at a time accepts.
            run(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String head = head(in);
                byte[] form = in.readNBytes(Integer.parseInt(find(LENGTH, head).orElse("0")));
                awaitSpeech(socket, in);
                LockSupport.parkNanos(thinking.toNanos());
                String body = body(new String(form, ISO_8859_1), find(USER, head));
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        } finally {
            open.remove(socket);
        }
    }

    /** Notices who gives up waiting. */
    private void awaitSpeech(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(50);
        while (isSilent) {
            in.mark(1);
            try {
                if (in.read() < 0) {
                    throw new EOFException("nobody waits");
                }
                in.reset();
            } catch (SocketTimeoutException patient) {
                // Whoever asked still waits.
            }
        }
        socket.setSoTimeout(0);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no more questions");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::find).map(found -> found.group(1));
    }

    private static String body(String form, Optional<String> user) {
        return form.contains("channel_name=presence-")
                ? "{\"channel_data\":{\"user_id\":\"" + user.orElse("nobody") + "\"}}"
                : "true";
    }

    @Override
    public void close() {
        speak();
        go();
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
                        return; // It is gone, or who asks is.
                    }
                },
                "auth-host");
        thread.setDaemon(true);
        thread.start();
    }
}
