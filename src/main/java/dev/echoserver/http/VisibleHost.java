package dev.echoserver.http;

import dev.echoserver.engineio.TrustedProxies;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.BiConsumer;

/**
 * Gives requests the {@code Host} that the browser used, where a trusted proxy asks for another one and says so by
 * {@code X-Forwarded-Host}: the cookies of a page count only on its own host name.
 *
 * <p>Of several names the last counts, which the proxy itself wrote. No page may choose: none of another origin is allowed to
 * send that header, and what a browser marks as cross-site keeps its {@code Host}. {@code Forwarded} is not read, as for
 * addresses.
 *
 * <p>On the connection's event loop.
 */
public final class VisibleHost {
    private static final String FORWARDED_HOST = "X-Forwarded-Host";
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final TrustedProxies proxies;

    /** Believes {@code proxies}. */
    public VisibleHost(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** Does so, and then hands the request to {@code handler}. */
    public BiConsumer<ChannelHandlerContext, FullHttpRequest> before(
            BiConsumer<ChannelHandlerContext, FullHttpRequest> handler) {
        return (ctx, request) -> {
            HttpHeaders headers = request.headers();
            if (headers.contains(FORWARDED_HOST)
                    && proxies.include(ctx.channel().remoteAddress())) {
                apply(headers);
            }
            handler.accept(ctx, request);
        };
    }

    private static void apply(HttpHeaders headers) {
        String all = String.join(",", headers.getAll(FORWARDED_HOST));
        String last = all.substring(all.lastIndexOf(',') + 1).strip();
        if (!last.isEmpty() && !"cross-site".equals(headers.get(FETCH_SITE))) {
            headers.set(HttpHeaderNames.HOST, last);
        }
    }
}
