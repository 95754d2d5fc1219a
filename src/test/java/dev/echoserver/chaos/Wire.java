package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the packets of a session of Engine.IO travel. One thread reads, any may send. */
interface Wire extends Closeable {

    /** Waits for packets and returns them in order. */
    List<String> packets() throws IOException;

    void send(String packet) throws IOException;

    static Wire webSocket(int port, int protocol) throws IOException {
        RawWebSocket socket = RawWebSocket.open(port, "/socket.io/?EIO=" + protocol + "&transport=websocket");
        return new Wire() {
            @Override
            public List<String> packets() throws IOException {
                return List.of(socket.text());
            }

            @Override
            public synchronized void send(String packet) throws IOException {
                socket.send(packet);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    static Wire polling(int port, int protocol) throws IOException {
        PollingClient session = PollingClient.open(port, "/socket.io/?EIO=" + protocol);
        RawConnection polls = RawConnection.to(port);
        RawConnection posts = RawConnection.to(port);
        return new Wire() {
            @Override
            public List<String> packets() throws IOException {
                HttpReply reply = polls.write(RawConnection.request("GET", session.target()))
                        .reply();
                if (reply.status() != 200) {
                    throw new IOException("poll: " + reply.summary());
                }
                return split(reply.text(), protocol);
            }

            @Override
            public synchronized void send(String packet) throws IOException {
                byte[] body = (protocol == 3 ? packet.length() + ":" + packet : packet).getBytes(UTF_8);
                HttpReply reply = posts.write(RawConnection.postHead(session.target(), "text/plain", body.length))
                        .write(body)
                        .reply();
                if (reply.status() != 200) {
                    throw new IOException("post: " + reply.summary());
                }
            }

            @Override
            public void close() throws IOException {
                polls.close();
                posts.close();
            }
        };
    }

    private static List<String> split(String payload, int protocol) {
        if (protocol == 4) {
            return List.of(payload.split("\u001e", -1));
        }
        List<String> packets = new ArrayList<>();
        for (int at = 0; at < payload.length(); ) {
            int colon = payload.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(payload.substring(at, colon));
            packets.add(payload.substring(colon + 1, end));
            at = end;
        }
        return packets;
    }
}
