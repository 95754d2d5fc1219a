package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;

/**
 * One GET or POST of the polling transport: XHR, or JSONP where the query has {@code j} (Engine.IO 3 only).
 *
 * <p>Source: engine.io 3.6, {@code transports/polling-jsonp.js}.
 */
final class PollingRequest {
    private static final int MAX_JSONP_DIGITS = 20;

    private final Exchange exchange;
    private final Protocol protocol;
    private final Optional<String> jsonp;
    private final boolean binary;

    PollingRequest(Exchange exchange, Protocol protocol, Query query) {
        this.exchange = exchange;
        this.protocol = protocol;
        this.jsonp = query.first("j").filter(j -> protocol == Protocol.V3).map(PollingRequest::digits);
        this.binary = jsonp.isEmpty() && query.first("b64").isEmpty();
    }

    private static String digits(String j) {
        String digits = j.replaceAll("[^0-9]", "");
        return digits.substring(0, Math.min(digits.length(), MAX_JSONP_DIGITS));
    }

    Exchange exchange() {
        return exchange;
    }

    /** Answers a poll with the packets of {@code frames}; releases nothing. */
    ChannelFuture answer(List<ByteBuf> frames) {
        Payload.Body body = Payload.of(protocol).encode(frames, binary);
        if (jsonp.isEmpty()) {
            return exchange.respond(HttpResponseStatus.OK, body.contentType(), body.bytes());
        }
        ByteBuf script = script(body.bytes().toString(UTF_8));
        body.bytes().release();
        return exchange.respond(HttpResponseStatus.OK, "text/javascript; charset=UTF-8", script);
    }

    private ByteBuf script(String payload) {
        String literal = new String(JsonStringEncoder.getInstance().quoteAsString(payload))
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return Unpooled.copiedBuffer("___eio[" + jsonp.orElse("") + "](\"" + literal + "\");", UTF_8);
    }

    /** The packets of a POST's body; empty if it is malformed. */
    Optional<List<Packet>> packets(FullHttpRequest request) {
        Payload payload = Payload.of(protocol);
        String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (contentType.startsWith("application/octet-stream")) {
            return payload.decodeBinary(Exchange.bytes(request));
        }
        Optional<String> text = Exchange.text(request);
        return (jsonp.isPresent() ? text.flatMap(PollingRequest::formField) : text).flatMap(payload::decode);
    }

    /** The field {@code d} of a form in which the client wrote each line feed as {@code \n} and each {@code \n} as {@code \\n}. */
    private static Optional<String> formField(String form) {
        try {
            List<String> values =
                    new QueryStringDecoder(form, UTF_8, false).parameters().getOrDefault("d", List.of());
            return values.stream()
                    .findFirst()
                    .map(value -> value.replaceAll("(?<!\\\\)\\\\n", "\n").replace("\\\\n", "\\n"));
        } catch (IllegalArgumentException malformedEscape) {
            return Optional.empty();
        }
    }
}
