package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** A WebSocket on which a test decides every byte of every frame. */
public final class RawWebSocket implements AutoCloseable {
    /** The first byte of a whole text frame. */
    public static final int TEXT = 0x81;
    /** The first byte of a whole binary frame. */
    public static final int BINARY = 0x82;
    /** The first byte of a close frame. */
    public static final int CLOSE = 0x88;
    /** The first byte of a ping frame. */
    public static final int PING = 0x89;
    /** The first byte of a pong frame. */
    public static final int PONG = 0x8A;

    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final RawConnection connection;
    private final HttpReply handshake;

    private RawWebSocket(RawConnection connection, HttpReply handshake) {
        this.connection = connection;
        this.handshake = handshake;
    }

    /**
     * A frame as the server sent it.
     *
     * @param head the first byte: FIN, reserved bits and opcode
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Frame(int head, byte[] content) {
        /** The content as text. */
        public String text() {
            return new String(content, UTF_8);
        }
    }

    /** Opens a WebSocket at {@code target}. */
    public static RawWebSocket open(int port, String target, String... headers) throws IOException {
        return open(RawConnection.to(port), target, headers);
    }

    /** Makes {@code connection}, on which nothing was sent, a WebSocket at {@code target}. */
    public static RawWebSocket open(RawConnection connection, String target, String... headers) throws IOException {
        HttpReply reply = connection.write(handshakeRequest(target, headers)).reply();
        if (reply.status() != 101) {
            connection.close();
            throw new AssertionError("No WebSocket: " + reply.summary());
        }
        return new RawWebSocket(connection, reply);
    }

    /** The request that opens a WebSocket, with more headers. */
    public static String handshakeRequest(String target, String... headers) {
        String[] all = Stream.concat(
                        Stream.of(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                        Stream.of(headers))
                .toArray(String[]::new);
        return RawConnection.request("GET", target, all);
    }

    /** The response that opened it. */
    public HttpReply handshake() {
        return handshake;
    }

    /** Sends {@code text} as one frame. */
    @CanIgnoreReturnValue
    public RawWebSocket send(String text) throws IOException {
        return send(TEXT, text.getBytes(UTF_8));
    }

    /** Sends a frame with {@code head} as its first byte, masked as a client's must be. */
    @CanIgnoreReturnValue
    public RawWebSocket send(int head, byte[] content) throws IOException {
        return sendBytes(frame(head, content));
    }

    /** The bytes of a frame with {@code head} as its first one, masked as a client's must be. */
    public static byte[] frame(int head, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(14 + content.length).put((byte) head);
        if (content.length < 126) {
            frame.put((byte) (MASKED | content.length));
        } else if (content.length <= 0xFFFF) {
            frame.put((byte) (MASKED | 126)).putShort((short) content.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(content.length);
        }
        frame.put(MASK);
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (content[i] ^ MASK[i % MASK.length]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Sends {@code bytes} as they are. */
    @CanIgnoreReturnValue
    public RawWebSocket sendBytes(byte[] bytes) throws IOException {
        connection.write(bytes);
        return this;
    }

    /** Waits for the next frame. */
    public Frame frame() throws IOException {
        int head = connection.next();
        int length = connection.next();
        if (length == 126) {
            length = connection.next() << 8 | connection.next();
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(connection.bytes(8)).getLong());
        }
        return new Frame(head, connection.bytes(length));
    }

    /** Waits for the next frame, which must be a whole text frame, and returns its content. */
    public String text() throws IOException {
        Frame frame = frame();
        if (frame.head() != TEXT) {
            throw new AssertionError(
                    "No text: " + Integer.toHexString(frame.head()) + " " + new String(frame.content(), US_ASCII));
        }
        return frame.text();
    }

    /** Waits until the server has closed the connection and returns how many bytes came before. */
    @CanIgnoreReturnValue
    public long awaitEnd() throws IOException {
        return connection.awaitEnd();
    }

    /** Sends no more; what the server answers can still be read. */
    public void endOutput() throws IOException {
        connection.endOutput();
    }

    /** Closes so that the server's writes fail. */
    public void reset() throws IOException {
        connection.reset();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
