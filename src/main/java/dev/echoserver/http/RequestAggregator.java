package dev.echoserver.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/** Collects the bodies of requests up to a limit. One that is larger is thrown away; the router answers it. */
final class RequestAggregator extends HttpObjectAggregator {
    private final Router router;

    RequestAggregator(int maxBodyBytes, Router router) {
        super(maxBodyBytes);
        this.router = router;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        if (oversized instanceof FullHttpMessage) {
            HttpUtil.setKeepAlive(oversized, false); // Its length was not announced: it may have no end.
        }
        router.refuseTooLarge(ctx, (HttpRequest) oversized);
    }
}
