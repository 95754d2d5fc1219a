package dev.echoserver.http;

import static dev.echoserver.engineio.EngineIoServer.HTTP_CODEC;
import static dev.echoserver.engineio.EngineIoServer.HTTP_HANDLER_PREFIX;

import dev.echoserver.engineio.Inbound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The handlers of a new connection, in the order in which bytes pass them. */
public final class HttpPipeline extends ChannelInitializer<Channel> {
    private static final String SETTING = "The setting is socketio.maxHttpBufferSize.";
    private static final CompressionOptions GZIP = StandardCompressionOptions.gzip();

    private final Router router;
    private final Inbound inbound;
    private final Limits limits;
    private final Compression compression;
    private final BodyLimit usual;

    /**
     * What a connection may do before it is a WebSocket.
     *
     * @param maxBodyBytes of a request, unless its route says otherwise
     * @param idle a connection from which nothing was read for so long is closed; longer than a poll is parked
     */
    public record Limits(int maxBodyBytes, Duration idle) {}

    /**
     * What is compressed for clients that can read it.
     *
     * @param responses HTTP responses from this size on, in bytes
     * @param webSocket WebSocket messages
     */
    public record Compression(OptionalInt responses, boolean webSocket) {
        /** Nothing is. */
        public static final Compression OFF = new Compression(OptionalInt.empty(), false);
    }

    /** Connections whose requests go to {@code router}, with bodies that {@code inbound} has room for. */
    public HttpPipeline(Router router, Inbound inbound, Limits limits, Compression compression) {
        this.inbound = inbound;
        this.router = router;
        this.limits = limits;
        this.compression = compression;
        this.usual = new BodyLimit(limits.maxBodyBytes(), SETTING);
    }

    @Override
    protected void initChannel(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        pipeline.addLast(HTTP_CODEC, new HttpServerCodec());
        addHttp(pipeline, "idle", new ReadTimeoutHandler(limits.idle().toMillis(), TimeUnit.MILLISECONDS));
        addHttp(pipeline, "pipelined", new PipelinedRequests(inbound));
        compression
                .responses()
                .ifPresent(bytes -> addHttp(pipeline, "compressor", new HttpContentCompressor(bytes, GZIP)));
        if (compression.webSocket()) {
            pipeline.addLast(new WebSocketCompression(limits.maxBodyBytes()));
        }
        addHttp(pipeline, "bodyless", new BodylessRequests(router, usual, inbound));
        addHttp(pipeline, "router", router);
    }

    private static void addHttp(ChannelPipeline pipeline, String name, ChannelHandler handler) {
        pipeline.addLast(HTTP_HANDLER_PREFIX + name, handler);
    }
}
