package dev.echoserver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.http.HttpPipeline.Compression;
import dev.echoserver.http.SlowRequests.Times;
import dev.echoserver.testing.CapturedLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no HTTP: answered where possible, and no line of the log. */
final class HttpPipelineTest {
    private final CapturedLog log = CapturedLog.of(Router.class);
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpPipeline(
            new Router(List.of(RouterTest.answering("/", "fine")), Map.of()),
            Wire.UNBOUNDED,
            new SlowRequests(Times.usual(Duration.ofSeconds(10)), TrustedProxies.NONE, System::nanoTime),
            new Compression(OptionalInt.of(10_000), true)));

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        log.close();
    }

    private String answer(String request) {
        channel.writeInbound(Unpooled.copiedBuffer(request, ISO_8859_1));
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(ISO_8859_1));
            part.release();
        }
        return text.toString();
    }

    private void assertNothingLogged() {
        assertThat(log.lines(Level.ERROR)).isEmpty();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 TLS\r\n\r\n",
                "\u0000\u0000\u0000\r\n\r\n",
                "GET\r\n\r\n",
                "GET / FOO\r\n\r\n",
                "GET / HTTP/1.1\r\nno header\r\n\r\n",
                "GET / HTTP/1.1\r\n: no name\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\nab",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void areRefusedInSilence(String garbage) {
        assertThat(answer(garbage)).startsWith("HTTP/1.1 400 ");
        assertThat(channel.isOpen()).isFalse();
        assertNothingLogged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_max_window_bits=abc", "server_max_window_bits=", "=;,;", "server_max_window_bits=99"})
    void areNoReasonToRefuseAWebSocketThatOffersThemForCompression(String offer) {
        assertThat(answer("GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate; " + offer + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("fine");
        assertNothingLogged();
    }

    @Test
    void endTheirConnectionInSilenceWhereNoAnswerIsPossible() {
        channel.pipeline()
                .fireExceptionCaught(new DecoderException(new TooLongFrameException("expected by this test")));

        assertThat(channel.isOpen()).isFalse();
        assertNothingLogged();
    }
}
