package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.ACCEPTED;
import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE;

import dev.echoserver.json.Json;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page at {@code /demo} that shows broadcasts arriving, and what its form posts to {@code /demo/publish}:
 * {@code {"channel": string, "event": string, "data": any}}, answered with 202 and {@code {}}, or with
 * {@code {"error": string}}.
 *
 * <p>Anybody who reaches the page may publish, so only {@code echo-server demo} serves it. A page of another origin may
 * not: the required content type makes browsers ask first, and nobody says yes.
 */
public final class DemoPage implements Route {
    private static final Logger log = LoggerFactory.getLogger(DemoPage.class);
    private static final String PUBLISH = "/demo/publish";
    private static final String JSON = "application/json";
    private static final String ONLY_FROM_HERE =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; frame-ancestors 'none'";

    private final DemoPublisher publisher;
    private final Map<String, Asset> assets;

    /** Reads the page's files into memory; what the form says goes to {@code publisher}. */
    public DemoPage(DemoPublisher publisher) {
        this.publisher = publisher;
        Asset page = Asset.of("demo/index.html", Reply.HTML);
        this.assets = Map.of(
                "/demo", page,
                "/demo/", page,
                "/demo/demo.css", Asset.of("demo/demo.css", "text/css; charset=utf-8"),
                "/demo/demo.js", Asset.of("demo/demo.js", "text/javascript; charset=utf-8"),
                "/demo/echo.iife.js", Asset.of("demo/echo.iife.js", "text/javascript; charset=utf-8"));
    }

    @Override
    public boolean matches(String path) {
        return assets.containsKey(path) || path.equals(PUBLISH);
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        Reply reply = Reply.to(ctx, request).header(HttpHeaderNames.CACHE_CONTROL, "no-store");
        Asset asset = assets.get(Paths.of(request));
        if (asset != null && Health.isRead(request.method())) {
            asset.sendAs(reply.header(HttpHeaderNames.CONTENT_SECURITY_POLICY, ONLY_FROM_HERE));
        } else if (asset == null && request.method().equals(HttpMethod.POST)) {
            publish(ctx, request, reply);
        } else {
            reply.sendNotFound(request);
        }
    }

    private void publish(ChannelHandlerContext ctx, FullHttpRequest request, Reply reply) {
        CharSequence type = HttpUtil.getMimeType(request);
        if (type == null || !JSON.contentEquals(type)) {
            refuse(reply, UNSUPPORTED_MEDIA_TYPE, "Content-Type: (expected: application/json)");
            return;
        }
        try {
            DemoEvent event = DemoEvent.parse(request.content());
            publisher
                    .publish(event.channel(), event.event(), event.data())
                    .whenComplete((done, failure) -> ctx.executor().execute(() -> settle(reply, failure)));
        } catch (IllegalArgumentException invalid) {
            refuse(reply, BAD_REQUEST, String.valueOf(invalid.getMessage()));
        }
    }

    private static void settle(Reply reply, @Nullable Throwable failure) {
        if (failure == null) {
            reply.send(ACCEPTED, JSON, "{}");
            return;
        }
        log.warn("Demo event not published: reason={}", failure.getMessage());
        refuse(reply, SERVICE_UNAVAILABLE, "Redis did not take the event. The server's log says why.");
    }

    private static void refuse(Reply reply, HttpResponseStatus status, String reason) {
        reply.send(status, JSON, "{\"error\":" + Json.string(reason) + "}");
    }
}
