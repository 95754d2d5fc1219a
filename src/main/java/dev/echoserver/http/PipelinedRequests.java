package dev.echoserver.http;

import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.InboundClaim;
import dev.echoserver.engineio.Refusals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets one request of a connection through at a time, so that answers leave in the order of the requests although a
 * long poll may be parked. Stands between the HTTP codec and the handler of bodies, because that answers too.
 *
 * <p>The exchange in progress has two ends: the request's last part was let through, and the response's last part was
 * written. Only after both does the next request pass, and only while the client reads its answers. Requests that came
 * too early wait here; the connection is read all the while, because only a read notices that the peer is gone. More than
 * {@value #MAX_REQUESTS} waiting requests or {@value #MAX_BYTES} bytes of their bodies close the connection. Behind a
 * response that says {@code Connection: close} no request passes any more, and after a switch of protocols this handler
 * steps out.
 *
 * <p>State belongs to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty gives back the promise it was given; a close is not waited for.
public final class PipelinedRequests extends ChannelDuplexHandler {
    private static final int MAX_REQUESTS = 16;
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int PART_BYTES = 256; // Of a part's objects, which may be more than what is in it.
    private static final int SMALL_PART_BYTES = 4096;

    private final Inbound inbound;
    private final InboundClaim claim;
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    private int waitingRequests;
    private int waitingBytes;
    private boolean requestEnded = true;
    private boolean responseEnded = true;
    private boolean lastExchange;
    private boolean draining;

    /** The state of one new connection; what waits must have room in {@code inbound}. */
    public PipelinedRequests(Inbound inbound) {
        this.inbound = inbound;
        this.claim = inbound.claim();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject part)) {
            ctx.fireChannelRead(message);
        } else if (waiting.isEmpty() && mayPass(ctx)) {
            pass(ctx, part);
        } else {
            enqueue(ctx, part);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            if (responseEnded) {
                refuse(response, promise);
                return;
            }
            if (isInterim(response)) {
                ctx.write(response, promise);
                leaveIfSwitched(ctx, response);
                return;
            }
            lastExchange = !HttpUtil.isKeepAlive(response);
        }
        boolean ends = message instanceof LastHttpContent;
        ctx.write(message, promise);
        if (ends) {
            responseEnded = true;
            drain(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        drain(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releaseWaiting();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releaseWaiting();
    }

    private boolean mayPass(ChannelHandlerContext ctx) {
        return !requestEnded || (responseEnded && !lastExchange && ctx.channel().isWritable());
    }

    private void pass(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest) {
            requestEnded = false;
            responseEnded = false;
        }
        if (part instanceof LastHttpContent) {
            requestEnded = true;
        }
        ctx.fireChannelRead(part);
    }

    private void enqueue(ChannelHandlerContext ctx, HttpObject part) {
        if (!ctx.channel().isActive()) {
            ReferenceCountUtil.release(part); // Read before the close took effect; nobody would let it go later.
            return;
        }
        waiting.add(small(part));
        waitingRequests += part instanceof HttpRequest ? 1 : 0;
        waitingBytes += bytes(part);
        if (waitingRequests > MAX_REQUESTS || waitingBytes > MAX_BYTES) {
            close(ctx, Refusals.Cause.PIPELINE);
        } else if (!claim.hold(waitingBytes)) {
            close(ctx, Refusals.Cause.MEMORY);
        }
    }

    /** A few bytes as they came hold the memory of a whole read. */
    private static HttpObject small(HttpObject part) {
        if (!(part instanceof HttpContent content)
                || !content.content().isReadable()
                || content.content().readableBytes() > SMALL_PART_BYTES) {
            return part;
        }
        ByteBuf copy = content.content().copy();
        content.release();
        return content.replace(copy);
    }

    private void close(ChannelHandlerContext ctx, Refusals.Cause cause) {
        String what = waitingRequests + " requests with " + waitingBytes + " bytes that wait for earlier ones";
        inbound.refusals().add(cause, String.valueOf(ctx.channel().remoteAddress()), what);
        ctx.close();
    }

    private void drain(ChannelHandlerContext ctx) {
        if (draining || waiting.isEmpty() || !mayPass(ctx)) {
            return;
        }
        draining = true;
        while (mayPass(ctx) && !waiting.isEmpty()) {
            HttpObject part = waiting.remove();
            waitingRequests -= part instanceof HttpRequest ? 1 : 0;
            waitingBytes -= bytes(part);
            pass(ctx, part);
        }
        draining = false;
        claim.hold(waitingBytes);
        ctx.fireChannelReadComplete();
    }

    private static void refuse(HttpResponse second, ChannelPromise promise) {
        ReferenceCountUtil.release(second);
        promise.setFailure(new IllegalStateException("response: a second one (expected: one for each request)"));
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void leaveIfSwitched(ChannelHandlerContext ctx, HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            ctx.pipeline().remove(this);
        }
    }

    private void releaseWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        claim.release();
        waitingRequests = 0;
        waitingBytes = 0;
    }

    private static int bytes(HttpObject part) {
        return part instanceof ByteBufHolder holder
                ? Math.max(PART_BYTES, holder.content().readableBytes())
                : 0;
    }
}
