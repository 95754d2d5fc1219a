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
import java.util.OptionalInt;

/** The handlers of a new connection, in the order in which bytes pass them. */
public final class HttpPipeline extends ChannelInitializer<Channel> {
    private static final String SETTING = "The setting is socketio.maxHttpBufferSize.";
    private static final CompressionOptions GZIP = StandardCompressionOptions.gzip();

    private final Router router;
    private final Inbound inbound;
    private final SlowRequests slow;
    private final Compression compression;
    private final BodyLimit usual;

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

    /**
     * Connections whose requests go to {@code router}.
     *
     * @param inbound has room for their bodies
     * @param slow how long they may take
     */
    public HttpPipeline(Router router, Inbound inbound, SlowRequests slow, Compression compression) {
        this.inbound = inbound;
        this.router = router;
        this.slow = slow;
        this.compression = compression;
        this.usual = new BodyLimit(inbound.bounds().maxMessageBytes(), SETTING);
    }

    @Override
    protected void initChannel(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        RequestTimer timer = new RequestTimer(slow);
        addHttp(pipeline, "bytes", timer.bytes());
        pipeline.addLast(HTTP_CODEC, new HttpServerCodec());
        addHttp(pipeline, "timer", timer);
        addHttp(pipeline, "pipelined", new PipelinedRequests(inbound));
        compression
                .responses()
                .ifPresent(bytes -> addHttp(pipeline, "compressor", new HttpContentCompressor(bytes, GZIP)));
        if (compression.webSocket()) {
            pipeline.addLast(new WebSocketCompression(inbound.bounds().maxMessageBytes()));
        }
        addHttp(pipeline, "bodyless", new BodylessRequests(router, usual, inbound));
        addHttp(pipeline, "router", router);
    }

    /** Takes away the bounds on how long the client of {@code pipeline} may be silent: it gets an answer that goes on. */
    static void neverTooLate(ChannelPipeline pipeline) {
        pipeline.remove(HTTP_HANDLER_PREFIX + "bytes");
        pipeline.remove(HTTP_HANDLER_PREFIX + "timer");
    }

    private static void addHttp(ChannelPipeline pipeline, String name, ChannelHandler handler) {
        pipeline.addLast(HTTP_HANDLER_PREFIX + name, handler);
    }
}
