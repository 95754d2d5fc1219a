package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;

/** A session on a WebSocket, connected to the default namespace, to which frames are sent. */
final class WebSocketLink implements Link {
    private static final String COMPRESSION = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final int PAYLOAD = 0x0F;

    private final RawWebSocket socket;
    private int fences;

    private WebSocketLink(RawWebSocket socket) {
        this.socket = socket;
    }

    static WebSocketLink open(int port, int protocol, boolean compressed) throws IOException {
        String target = "/socket.io/?EIO=" + protocol + "&transport=websocket";
        RawWebSocket socket =
                compressed ? RawWebSocket.open(port, target, COMPRESSION) : RawWebSocket.open(port, target);
        if (protocol == 4) {
            socket.send("40");
        }
        socket.frame(); // The handshake.
        socket.frame(); // CONNECT.
        return new WebSocketLink(socket);
    }

    @Override
    public int exchange(List<Input> inputs, Answers answers) throws IOException {
        boolean mayEnd = inputs.get(inputs.size() - 1).mayEnd();
        byte[] fence = ("fence-" + ++fences).getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        inputs.forEach(input -> bytes.writeBytes(input.bytes()));
        try {
            socket.sendBytes(bytes.toByteArray());
            if (mayEnd) {
                socket.endOutput();
            } else {
                socket.send(RawWebSocket.PING, fence);
            }
        } catch (SocketException closed) {
            answers.add("closed while sending");
        }
        boolean fenced = isFenced(fence, answers);
        return mayEnd || fenced ? inputs.size() : 0;
    }

    /** Reads until the fence has come back; false if the server closed before. */
    private boolean isFenced(byte[] fence, Answers answers) throws IOException {
        try {
            for (Frame frame = socket.frame(); ; frame = socket.frame()) {
                if (frame.head() == RawWebSocket.PONG && Arrays.equals(frame.content(), fence)) {
                    return true;
                }
                answers.add(kind(frame));
            }
        } catch (EOFException | SocketException closed) {
            answers.add("end");
            return false;
        }
    }

    private static String kind(Frame frame) {
        if (frame.head() == RawWebSocket.CLOSE) {
            byte[] status = frame.content();
            return status.length < 2 ? "close" : "close " + ((status[0] & 0xFF) << 8 | (status[1] & 0xFF));
        }
        if (frame.head() == RawWebSocket.TEXT) {
            String text = frame.text();
            return text.startsWith("42[\"") && text.indexOf('"', 4) > 0
                    ? text.substring(4, Math.min(24, text.indexOf('"', 4)))
                    : text.substring(0, Math.min(text.length(), 2));
        }
        return "opcode " + (frame.head() & PAYLOAD);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
