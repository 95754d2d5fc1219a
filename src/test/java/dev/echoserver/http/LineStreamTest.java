package dev.echoserver.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.EngineIoServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LineStreamTest {
    private Optional<Consumer<String>> lines = Optional.empty();
    private Optional<Map<String, List<String>>> query = Optional.empty();
    private boolean isEnded;
    private final LineStream stream = new LineStream((parameters, sink) -> {
        query = Optional.of(parameters);
        lines = Optional.of(sink);
        return () -> isEnded = true;
    });
    private final EmbeddedChannel connection = new EmbeddedChannel(new SimpleChannelInboundHandler<FullHttpRequest>() {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            stream.answer(ctx, request);
        }
    });

    @BeforeEach
    void boundTheClientInTime() {
        for (String name : List.of("bytes", "timer")) {
            connection.pipeline().addFirst(EngineIoServer.HTTP_HANDLER_PREFIX + name, new ChannelDuplexHandler());
        }
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    private void request(HttpMethod method) {
        connection.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/x?channel=a&channel=b"));
    }

    private String read() {
        connection.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (Object part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            if (part instanceof HttpContent content) {
                ByteBuf bytes = content.content();
                text.append(bytes.toString(UTF_8));
                content.release();
            }
        }
        return text.toString();
    }

    private void send(String line) {
        lines.orElseThrow().accept(line);
    }

    @Test
    void passesLinesOnUntilTheClientGoes() {
        request(HttpMethod.GET);
        assertThat(connection.<HttpResponse>readOutbound().headers().get("Transfer-Encoding"))
                .isEqualTo("chunked");
        send("{}");
        send("[]");

        assertThat(read()).isEqualTo("{}\n[]\n");
        assertThat(query).contains(Map.of("channel", List.of("a", "b")));
        assertThat(isEnded).isFalse();
        connection.disconnect().syncUninterruptibly();
        connection.runPendingTasks();
        assertThat(isEnded).isTrue();
    }

    @Test
    void showsThatItIsThere() {
        connection.freezeTime();
        request(HttpMethod.GET);
        connection.advanceTimeBy(11, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();

        assertThat(read()).isEqualTo("\n\n");
    }

    @Test
    void leavesOutAndCountsWhatTheClientDoesNotRead() {
        request(HttpMethod.GET);
        read();
        connection.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send("1");
        send("2");
        assertThat(read()).isEmpty();

        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        send("3");
        assertThat(read()).isEqualTo("{\"missed\":2}\n3\n");
    }

    @Test
    void leavesOutWhatFindsNoRoom() {
        request(HttpMethod.GET);
        read();
        for (int i = 0; i < 1005; i++) {
            send("x");
        }

        assertThat(read()).startsWith("{\"missed\":5}\nx\n").hasSize("{\"missed\":5}\n".length() + 2000);
    }

    @Test
    void saysWhatItWouldBe() {
        request(HttpMethod.HEAD);

        assertThat(connection.<HttpResponse>readOutbound().headers().get("Content-Type"))
                .isEqualTo("application/x-ndjson; charset=utf-8");
        assertThat(lines).isEmpty();
    }
}
