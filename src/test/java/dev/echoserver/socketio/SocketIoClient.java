package dev.echoserver.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A client on a WebSocket that says what a test tells it to. */
final class SocketIoClient implements AutoCloseable {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final RawWebSocket socket;
    private final boolean v3;
    private final String sessionId;

    private SocketIoClient(RawWebSocket socket, boolean v3) throws IOException {
        this.socket = socket;
        this.v3 = v3;
        this.sessionId = sid(socket.text());
    }

    static SocketIoClient open(int port, String path) throws IOException {
        return new SocketIoClient(
                RawWebSocket.open(port, path + "&transport=websocket"), path.equals(RecordingServer.V3));
    }

    /** {@code count} arguments that stand for attachments. */
    static String placeholders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"_placeholder\":true,\"num\":" + i + "}")
                .collect(Collectors.joining(","));
    }

    private static String sid(String json) {
        Matcher found = SID.matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }

    String sessionId() {
        return sessionId;
    }

    /** Connects to the default namespace and returns the socket's id. */
    @CanIgnoreReturnValue
    String connect() throws IOException {
        if (v3) {
            assertThat(packet()).isEqualTo("0");
            return sessionId;
        }
        String answer = send("0").packet();
        assertThat(answer).startsWith("0{");
        return sid(answer);
    }

    /** Sends a packet. */
    @CanIgnoreReturnValue
    SocketIoClient send(String packet) throws IOException {
        socket.send("4" + packet);
        return this;
    }

    /** Sends an attachment. */
    @CanIgnoreReturnValue
    SocketIoClient send(byte[] attachment) throws IOException {
        socket.send(RawWebSocket.BINARY, attachment);
        return this;
    }

    /** Waits for the next packet. */
    String packet() throws IOException {
        String message = socket.text();
        assertThat(message).startsWith("4");
        return message.substring(1);
    }

    /** Waits for the next attachment. */
    byte[] attachment() throws IOException {
        RawWebSocket.Frame frame = socket.frame();
        assertThat(frame.head()).isEqualTo(RawWebSocket.BINARY);
        return frame.content();
    }

    /** Waits until the connection ends as if it had failed, and fails if anything comes before. */
    void awaitBreak() throws IOException {
        assertThat(socket.awaitEnd()).isZero();
    }

    /** Waits until the server has closed the connection, and fails if another packet comes before. */
    void awaitEnd() throws IOException {
        assertThat(socket.frame().head()).isEqualTo(RawWebSocket.CLOSE);
        assertThat(socket.awaitEnd()).isZero();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
