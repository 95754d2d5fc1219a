package dev.echoserver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.engineio.Inbound;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One connection to the routes under test, spoken to in plain HTTP text. */
final class Wire implements AutoCloseable {
    /** Has room for everything. */
    static final Inbound UNBOUNDED = inbound(Long.MAX_VALUE);

    private static final int MAX_BODY_BYTES = 1024;

    private final EmbeddedChannel channel;

    Wire(Route... routes) {
        this(Map.of(), routes);
    }

    Wire(Map<String, String> headers, Route... routes) {
        this(UNBOUNDED, headers, routes);
    }

    /** As one of the clients for which there is room in {@code inbound}. */
    Wire(Inbound inbound, Map<String, String> headers, Route... routes) {
        Router router = new Router(List.of(routes), headers);
        channel = new EmbeddedChannel(
                new HttpServerCodec(),
                new PipelinedRequests(inbound),
                new BodylessRequests(router, new BodyLimit(MAX_BODY_BYTES, "Raise it."), inbound),
                router);
    }

    /** Room for {@code maxTotalBytes} of all clients' bodies. */
    static Inbound inbound(long maxTotalBytes) {
        return new Inbound(new Inbound.Bounds(1000, maxTotalBytes, Duration.ofSeconds(45)), System::nanoTime);
    }

    /** Sends one request without a body and gives back all that was answered. */
    String ask(String requestLine, String... headers) {
        send(requestLine + " HTTP/1.1\r\nHost: x\r\n" + lines(headers) + "\r\n");
        return answers();
    }

    /** Sends {@code bytes} of a body. */
    void sendBody(int bytes) {
        send("x".repeat(bytes));
    }

    /** Posts {@code body} and gives back all that was answered. */
    String post(String path, String type, String body) {
        int length = body.getBytes(UTF_8).length;
        send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\n\r\n" + body);
        return answers();
    }

    void send(String text) {
        send(text.getBytes(UTF_8));
    }

    void send(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    /** What left since the last call. */
    String answers() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(UTF_8));
            part.release();
        }
        return text.toString();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }
}
