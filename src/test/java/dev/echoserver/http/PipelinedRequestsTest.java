package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.StalledReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PipelinedRequestsTest {

    @Nested
    final class ParkedPolls {
        private final List<Runnable> parked = new ArrayList<>();
        private final Wire wire = new Wire(Route.below("/poll", this::park), RouterTest.answering("/now", "now"));

        private void park(ChannelHandlerContext ctx, FullHttpRequest request) {
            Reply reply = Reply.to(ctx, request);
            parked.add(() -> reply.send(OK, Reply.HTML, "polled"));
        }

        @Test
        void areNotOvertaken() {
            wire.send(get("/poll") + get("/now") + get("/poll") + get("/now"));
            assertThat(wire.answers()).isEmpty();

            parked.get(0).run();
            assertThat(wire.answers()).containsSubsequence("polled", "now").hasSizeLessThan(300);

            parked.get(1).run();
            assertThat(wire.answers()).containsSubsequence("polled", "now");
        }

        @Test
        void areNotOvertakenByTheAggregatorEither() {
            wire.send(get("/poll") + "POST /now HTTP/1.1\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(2000));
            assertThat(wire.answers()).isEmpty();

            parked.get(0).run();
            assertThat(wire.answers()).containsSubsequence("polled", "413 ");
        }

        @Test
        void letNothingPassAfterTheLastAnswer() {
            wire.send("GET /poll HTTP/1.1\r\nConnection: close\r\n\r\n" + get("/poll"));

            parked.get(0).run();
            assertThat(wire.answers()).contains("polled");
            assertThat(parked).hasSize(1);
            assertThat(wire.isOpen()).isFalse();
        }

        @Test
        void mayHaveSixteenRequestsBehindThem() {
            wire.send(get("/poll") + get("/now").repeat(16));
            assertThat(wire.isOpen()).isTrue();

            wire.send(get("/now"));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Nested
    final class WebSockets {
        private final Wire wire = new Wire(Route.below("/ws", this::upgrade));

        private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
            ctx.pipeline().addLast(new SimpleChannelInboundHandler<TextWebSocketFrame>() {
                @Override
                protected void channelRead0(ChannelHandlerContext frames, TextWebSocketFrame frame) {
                    assertThat(frames.writeAndFlush(new TextWebSocketFrame("heard " + frame.text()))
                                    .isSuccess())
                            .isTrue();
                }
            });
            WebSocketServerHandshaker handshaker =
                    new WebSocketServerHandshakerFactory("ws://x/ws", null, false).newHandshaker(request);
            assertThat(handshaker.handshake(ctx.channel(), request).isSuccess()).isTrue();
        }

        @Test
        void speakFreelyAfterTheHandshake() {
            assertThat(wire.ask(
                            "GET /ws",
                            "Connection: Upgrade",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                    .startsWith("HTTP/1.1 101 ");

            for (String word : List.of("one", "two", "three")) {
                wire.send(maskedText(word));
                assertThat(wire.answers()).endsWith("heard " + word);
            }
        }

        /** A text frame as browsers send it, with a mask of zeros that leaves the text readable. */
        private static byte[] maskedText(String text) {
            return Unpooled.buffer()
                    .writeByte(0x81)
                    .writeByte(0x80 | text.length())
                    .writeInt(0)
                    .writeBytes(text.getBytes(UTF_8))
                    .capacity(6 + text.length())
                    .array();
        }
    }

    @Nested
    final class Exchanges {
        private final EmbeddedChannel channel = new EmbeddedChannel(new PipelinedRequests(Wire.UNBOUNDED));

        @Test
        void passInPartsAsTheyCome() {
            channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
            channel.writeInbound(new DefaultHttpContent(bytes(3)), LastHttpContent.EMPTY_LAST_CONTENT);
            assertThat(channel.inboundMessages()).hasSize(3);
            channel.finishAndReleaseAll();
        }

        @Test
        void endWithTheLastPartOfTheAnswer() {
            channel.writeInbound(request(0), request(0));
            channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, OK));
            assertThat(channel.inboundMessages()).hasSize(1);

            channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
            assertThat(channel.inboundMessages()).hasSize(2);
            channel.finishAndReleaseAll();
        }

        @Test
        void endOnlyAfterTheWholeRequestToo() {
            channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
            channel.writeOutbound(response(OK));
            channel.writeInbound(new DefaultHttpContent(bytes(3)), LastHttpContent.EMPTY_LAST_CONTENT, request(0));
            assertThat(channel.inboundMessages()).hasSize(4);
            channel.finishAndReleaseAll();
        }

        @Test
        void areNotEndedByAnInterimAnswer() {
            channel.writeInbound(request(0), request(0));
            channel.writeOutbound(response(HttpResponseStatus.CONTINUE));
            assertThat(channel.inboundMessages()).hasSize(1);
            channel.finishAndReleaseAll();
        }

        @Test
        void endForGoodWithASwitchOfProtocols() {
            ByteBuf waiting = bytes(1);
            channel.writeInbound(request(0), request(waiting));
            channel.writeOutbound(response(HttpResponseStatus.SWITCHING_PROTOCOLS));

            assertThat(channel.pipeline().get(PipelinedRequests.class)).isNull();
            assertThat(waiting.refCnt()).isZero();
            channel.finishAndReleaseAll();
        }

        @Test
        void doNotConcernWhatIsNotHttp() {
            channel.writeInbound(request(0), "frame");
            assertThat(channel.inboundMessages()).hasSize(2).contains("frame");
            channel.finishAndReleaseAll();
        }
    }

    @Nested
    final class WaitingRequests {
        private final EmbeddedChannel channel = new EmbeddedChannel(new PipelinedRequests(Wire.UNBOUNDED));

        @Test
        void areReleasedWhenTheConnectionCloses() {
            ByteBuf waiting = bytes(5000); // Less would be copied.
            channel.writeInbound(request(0), request(waiting));
            assertThat(waiting.refCnt()).isOne();

            assertThat(channel.close().isSuccess()).isTrue();
            channel.runPendingTasks();
            assertThat(waiting.refCnt()).isZero();
        }

        @Test
        void areBoundedInBytes() {
            ByteBuf last = bytes(1);
            channel.writeInbound(request(0), request(1024 * 1024));
            assertThat(channel.isOpen()).isTrue();

            channel.writeInbound(request(last));
            assertThat(channel.isOpen()).isFalse();
            assertThat(last.refCnt()).isZero();
        }

        @Test
        void waitUntilTheClientHasReadEarlierAnswers() {
            StalledReader reader = new StalledReader();
            EmbeddedChannel stalled = new EmbeddedChannel(reader, new PipelinedRequests(Wire.UNBOUNDED));
            stalled.config().setWriteBufferWaterMark(new WriteBufferWaterMark(8, 16));
            stalled.writeInbound(request(0), request(0), request(0));
            stalled.writeOutbound(response(OK));
            assertThat(stalled.inboundMessages()).hasSize(1);

            reader.readOn(stalled);
            assertThat(stalled.inboundMessages()).hasSize(2);
            stalled.finishAndReleaseAll();
        }

        @Test
        void makeRoomWhenTheyPass() {
            for (int round = 0; round < 40; round++) {
                channel.writeInbound(request(round == 0 ? 0 : 512 * 1024));
                channel.writeInbound(request(512 * 1024));
                channel.writeOutbound(response(OK));
                channel.writeOutbound(response(OK));
            }
            assertThat(channel.isOpen()).isTrue();
            assertThat(channel.inboundMessages()).hasSize(80);
            channel.finishAndReleaseAll();
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static HttpRequest request(int bodyBytes) {
        return request(bytes(bodyBytes));
    }

    private static HttpRequest request(ByteBuf body) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", body);
    }

    private static HttpResponse response(HttpResponseStatus status) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.buffer(Math.max(count, 1)).writeZero(count);
    }
}
