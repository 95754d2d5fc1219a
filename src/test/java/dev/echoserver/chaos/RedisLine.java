package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A conversation with Redis in which nothing is sent twice: after a fault, nobody knows whether Redis did what was asked. */
final class RedisLine implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RedisLine(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The answer as Redis writes it, {@code :1}, {@code +OK} or {@code -ERR …}; of a string, the string itself. */
    String ask(String... words) throws IOException {
        socket.getOutputStream().write(request(words));
        String line = line();
        if (!line.startsWith("$") || line.equals("$-1")) {
            return line;
        }
        byte[] text = in.readNBytes(Integer.parseInt(line.substring(1)));
        line();
        return new String(text, UTF_8);
    }

    private static byte[] request(String... words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (String word : words) {
            byte[] bytes = word.getBytes(UTF_8);
            request.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            request.write(bytes);
            request.write("\r\n".getBytes(UTF_8));
        }
        return request.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis has closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
