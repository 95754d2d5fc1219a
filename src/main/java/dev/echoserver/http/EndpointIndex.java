package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says which endpoints there are: at {@code /}, and with 404 wherever there is none. Stands behind them. */
public final class EndpointIndex implements Route {
    private final String list;

    /** The list of {@code endpoints}. */
    public EndpointIndex(List<Endpoint> endpoints) {
        list = endpoints.stream()
                .map(each -> String.format(Locale.ROOT, "%-10s %s%n", each.path(), each.purpose()))
                .collect(Collectors.joining());
    }

    @Override
    public boolean matches(String path) {
        return true;
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean isAsked = Paths.of(request).equals("/") && Health.isRead(request.method());
        Document document = isAsked
                ? Document.text(OK, "The management port of echo-server.\n\n" + list)
                : Document.text(NOT_FOUND, "There is nothing here. There is:\n\n" + list);
        Endpoint.send(ctx, request, document);
    }
}
