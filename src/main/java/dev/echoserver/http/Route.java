package dev.echoserver.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A part of the port's paths and what answers there. */
public interface Route {

    /**
     * Whether this route answers at {@code path}, whatever the method.
     *
     * @param path the request's path as it was sent: still percent-encoded, without the query
     */
    boolean matches(String path);

    /**
     * Sends exactly one response, now or later, on the connection's event loop. Called on that loop, must not block.
     * The caller releases {@code request} on return: a route that needs it for longer retains it. What a route throws
     * is answered with 500 by the {@link Router}.
     */
    void handle(ChannelHandlerContext ctx, FullHttpRequest request);

    /** What an answer carries that the router gives in this route's place, such as 413; {@code request} is the question's. */
    default HttpHeaders errorHeaders(HttpHeaders request) {
        return EmptyHttpHeaders.INSTANCE;
    }

    /**
     * How large the body of a request may be that {@link #matches}.
     *
     * @param peer who sends it
     * @param head the request without its body, well-formed
     * @param usual what most routes take
     */
    default BodyLimit bodyLimit(SocketAddress peer, HttpRequest head, BodyLimit usual) {
        return usual;
    }

    /**
     * Everything at {@code path} and below it goes to {@code handler}, which keeps the rules of {@link #handle}.
     *
     * @param path such as {@code /socket.io}; a slash at its end changes nothing
     */
    static Route below(String path, BiConsumer<ChannelHandlerContext, FullHttpRequest> handler) {
        return below(path, handler, request -> EmptyHttpHeaders.INSTANCE);
    }

    /** As {@link #below(String, BiConsumer)}, with {@link #errorHeaders}. */
    static Route below(
            String path,
            BiConsumer<ChannelHandlerContext, FullHttpRequest> handler,
            UnaryOperator<HttpHeaders> errorHeaders) {
        return below(path, handler, errorHeaders, usual -> usual);
    }

    /** As {@link #below(String, BiConsumer, UnaryOperator)}, with {@link #bodyLimit}, whoever asks. */
    static Route below(
            String path,
            BiConsumer<ChannelHandlerContext, FullHttpRequest> handler,
            UnaryOperator<HttpHeaders> errorHeaders,
            UnaryOperator<BodyLimit> bodyLimit) {
        String root = Paths.withoutEndSlash(path);
        return new Route() {
            @Override
            public boolean matches(String requested) {
                return requested.startsWith(root)
                        && (requested.length() == root.length() || requested.charAt(root.length()) == '/');
            }

            @Override
            public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
                handler.accept(ctx, request);
            }

            @Override
            public HttpHeaders errorHeaders(HttpHeaders request) {
                return errorHeaders.apply(request);
            }

            @Override
            public BodyLimit bodyLimit(SocketAddress peer, HttpRequest head, BodyLimit usual) {
                return bodyLimit.apply(usual);
            }
        };
    }
}
