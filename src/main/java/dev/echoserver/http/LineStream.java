package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderValues.CHUNKED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Lines of JSON that go on until the client has enough, {@code application/x-ndjson}. An empty line every 5 seconds shows
 * both ends that the other is there. Lines that the client does not read fast enough are left out, and counted:
 * {@code {"missed":12}}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes the connection.
public final class LineStream {
    private static final String TYPE = "application/x-ndjson; charset=utf-8";
    private static final long SIGN_OF_LIFE_SECONDS = 5;
    private static final int MAX_WAITING = 1000;

    private final Feed feed;

    /** Where the lines come from. */
    @FunctionalInterface
    public interface Feed {
        /**
         * Begins.
         *
         * @param query the parameters of the request
         * @param lines takes one line of JSON, on any thread
         * @return ends it
         */
        Runnable open(Map<String, List<String>> query, Consumer<String> lines);
    }

    /** Streams {@code feed}. */
    public LineStream(Feed feed) {
        this.feed = feed;
    }

    /** Answers a GET or a HEAD, by the rules of {@link Route#handle}. */
    public void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.method().equals(HttpMethod.HEAD)) {
            Reply.to(ctx, request).send(HttpResponseStatus.OK, TYPE, "");
            return;
        }
        HttpPipeline.neverTooLate(ctx.pipeline());
        ctx.writeAndFlush(head());
        Client client = new Client(ctx);
        Runnable end = feed.open(new QueryStringDecoder(request.uri()).parameters(), client::send);
        Future<?> signs = ctx.executor()
                .scheduleAtFixedRate(client::showLife, SIGN_OF_LIFE_SECONDS, SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> {
            signs.cancel(false);
            end.run();
        });
    }

    private static HttpResponse head() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(CONTENT_TYPE, TYPE).set(TRANSFER_ENCODING, CHUNKED).set(CACHE_CONTROL, "no-store");
        return head;
    }

    /** Who reads the lines. */
    private static final class Client {
        private final ChannelHandlerContext ctx;
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicLong missed = new AtomicLong();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        Client(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        /** Any thread. */
        void send(String line) {
            if (waiting.incrementAndGet() > MAX_WAITING) {
                waiting.decrementAndGet();
                missed.incrementAndGet();
                return;
            }
            lines.add(line);
            if (scheduled.compareAndSet(false, true)) {
                ctx.executor().execute(this::drain);
            }
        }

        private void drain() {
            scheduled.set(false); // Before looking: what is sent after the last look schedules the next round.
            StringBuilder text = new StringBuilder();
            for (String line = lines.poll(); line != null; line = lines.poll()) {
                waiting.decrementAndGet();
                if (ctx.channel().isWritable()) {
                    text.append(line).append('\n');
                } else {
                    missed.incrementAndGet();
                }
            }
            if (!text.isEmpty()) {
                write(text.toString());
            }
        }

        /** An empty line, if the client reads at all. */
        void showLife() {
            if (ctx.channel().isWritable()) {
                write("\n");
            }
        }

        private void write(String text) {
            long left = missed.getAndSet(0);
            String before = left == 0 ? "" : "{\"missed\":" + left + "}\n";
            ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(before + text, UTF_8)));
        }
    }
}
