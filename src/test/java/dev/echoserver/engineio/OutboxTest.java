package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives over a real connection. */
@Timeout(30)
final class OutboxTest {
    private static final int MORE_THAN_THE_KERNEL_TAKES = 32 << 20;

    private final Loops loops = new Loops(1);
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final List<Socket> clients = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private Channel listener;

    @BeforeEach
    void listen() {
        listener = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        listener.close().syncUninterruptibly();
        loops.close();
    }

    private final class Connection {
        final Socket client = new Socket();
        final Channel channel;
        final Outbox outbox;

        Connection() throws IOException, InterruptedException {
            clients.add(client);
            client.connect(listener.localAddress());
            channel = accepted.take();
            outbox = new Outbox(channel, Outbox.Route.PLAIN);
        }

        void onLoop(Runnable task) {
            channel.eventLoop().submit(task).syncUninterruptibly();
        }

        String read(int bytes) throws IOException {
            return new String(client.getInputStream().readNBytes(bytes), US_ASCII);
        }
    }

    private ByteBuf buffer(String content) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(content.length());
        buffers.add(buffer);
        return buffer.writeBytes(content.getBytes(US_ASCII));
    }

    private void assertAllReleased() {
        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    @Test
    void aLoneBufferLeavesWithTheFlush() throws Exception {
        Connection connection = new Connection();
        connection.onLoop(() -> {
            connection.outbox.add(buffer("alone"));
            connection.outbox.flush();
            assertThat(connection.outbox.isWaiting()).isFalse();
        });

        assertThat(connection.read(5)).isEqualTo("alone");
        assertAllReleased();
    }

    @Test
    void severalLeaveInTheirOrder() throws Exception {
        Connection connection = new Connection();
        connection.onLoop(() -> {
            connection.outbox.add(buffer("a"));
            connection.outbox.add(buffer("b"));
            connection.outbox.add(buffer("c"));
            connection.outbox.flush();
            connection.outbox.add(buffer("d"));
            var unused = connection.outbox.sendControl(buffer("e"));
            connection.outbox.add(buffer("f"));
            connection.outbox.flush();
        });

        assertThat(connection.read(6)).isEqualTo("abcdef");
        assertAllReleased();
    }

    @Test
    void whatTheKernelDoesNotTakeFollowsAndEverythingElseBehindIt() throws Exception {
        Connection connection = new Connection();
        connection.onLoop(() -> {
            connection.outbox.add(buffer("1".repeat(MORE_THAN_THE_KERNEL_TAKES)));
            connection.outbox.flush();
            assertThat(connection.outbox.isWaiting()).isTrue();
            connection.outbox.add(buffer("2"));
            connection.outbox.flush();
            connection.outbox.add(buffer("3"));
            connection.outbox.flush();
        });

        assertThat(connection.read(MORE_THAN_THE_KERNEL_TAKES + 2))
                .isEqualTo("1".repeat(MORE_THAN_THE_KERNEL_TAKES) + "23");
        connection.onLoop(() -> assertThat(connection.outbox.isWaiting()).isFalse());
        assertAllReleased();
    }

    @Test
    void manyShareOneBuffer() throws Exception {
        List<Connection> connections = List.of(new Connection(), new Connection(), new Connection());
        ByteBuf shared = buffer("shared").retain(2);
        connections.get(0).onLoop(() -> {
            connections.get(1).outbox.add(buffer("first "));
            connections.forEach(connection -> connection.outbox.add(shared));
            connections.forEach(connection -> connection.outbox.flush());
        });

        assertThat(connections.get(0).read(6)).isEqualTo("shared");
        assertThat(connections.get(1).read(12)).isEqualTo("first shared");
        assertThat(connections.get(2).read(6)).isEqualTo("shared");
        assertAllReleased();
    }

    @Test
    void aClosedConnectionGetsNothing() throws Exception {
        Connection connection = new Connection();
        connection.onLoop(() -> {
            connection.outbox.add(buffer("before"));
            var unused = connection.channel.close();
            connection.outbox.flush();
            connection.outbox.add(buffer("after"));
            connection.outbox.flush();
            assertThat(connection.outbox.isWaiting()).isFalse();
        });

        assertThat(connection.client.getInputStream().readAllBytes()).isEmpty();
        assertAllReleased();
    }

    @Test
    void aConnectionThatTheClientResetReleasesWhatItGets() throws Exception {
        Connection connection = new Connection();
        connection.client.setSoLinger(true, 0);
        connection.client.close();
        connection.channel.closeFuture().syncUninterruptibly();
        connection.onLoop(() -> {
            connection.outbox.add(buffer("late"));
            connection.outbox.flush();
        });

        assertAllReleased();
    }
}
