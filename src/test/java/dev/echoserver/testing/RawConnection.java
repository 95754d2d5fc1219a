package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A TCP connection on which a test decides every byte. Whatever does not come within seconds fails the test. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 8000;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to {@code port} of the loopback interface. */
    public static RawConnection to(int port) throws IOException {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects to {@code server}. */
    public static RawConnection to(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawConnection(socket);
    }

    /** As {@link #to}, over TLS; {@code trust} knows the server's certificate. */
    public static RawConnection encrypted(int port, SSLContext trust) throws IOException {
        Socket socket = trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawConnection(socket);
    }

    /** A request without a body: {@code request("GET", "/path", "Name: value", …)}. */
    public static String request(String method, String target, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
    }

    /** The head of a POST of {@code bodyBytes}. */
    public static String postHead(String target, String contentType, int bodyBytes) {
        return request("POST", target, "Content-Type: " + contentType, "Content-Length: " + bodyBytes);
    }

    /** Sends {@code text} as UTF-8. */
    @CanIgnoreReturnValue
    public RawConnection write(String text) throws IOException {
        return write(text.getBytes(UTF_8));
    }

    /** Sends {@code bytes}. */
    @CanIgnoreReturnValue
    public RawConnection write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Waits for the status line of the next response. */
    public int status() throws IOException {
        return Integer.parseInt(line().split(" ", 3)[1]);
    }

    /** Waits for the next response. */
    public HttpReply reply() throws IOException {
        int status = status();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new HttpReply(status, headers, bytes(length));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = next(); b != '\n'; b = next()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** Waits for one byte. */
    public int next() throws IOException {
        return bytes(1)[0] & 0xFF;
    }

    /** Waits for {@code count} bytes. */
    public byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed by the server after: " + new String(bytes, US_ASCII));
        }
        return bytes;
    }

    /** Waits until {@code mark} has come, or the server has closed, and returns all that came, as Latin 1. */
    public String until(String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[1 << 13];
        try {
            while (text.indexOf(mark, Math.max(0, text.length() - chunk.length - mark.length())) < 0) {
                int count = in.read(chunk);
                if (count < 0) {
                    return text.toString();
                }
                text.append(new String(chunk, 0, count, ISO_8859_1));
            }
        } catch (SocketException reset) {
            return text.toString(); // Closed with bytes of ours unread.
        }
        return text.toString();
    }

    /** Sends no more; what the server answers can still be read. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Waits until the server has closed the connection and returns how many bytes came before.
     *
     * @throws SocketTimeoutException if it does not
     */
    @CanIgnoreReturnValue
    public long awaitEnd() throws IOException {
        long count = 0;
        byte[] chunk = new byte[1 << 16];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                count += n;
            }
        } catch (SocketException reset) {
            return count; // Closed with bytes of ours unread.
        }
        return count;
    }

    /** Closes so that the server's writes fail. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
