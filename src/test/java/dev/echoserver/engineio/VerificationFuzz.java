package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.Verification.ForSession;
import dev.echoserver.engineio.Verification.NewSession;
import dev.echoserver.fuzz.FuzzInput;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests as bytes: only a well-formed one of an allowed page opens a session, and nobody gets into one by guessing. */
public final class VerificationFuzz {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4711);
    private static final String PAGE = "https://app.example.com:443";

    private VerificationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int seed = input.below(256);
        byte[] sent = input.rest();
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(1_000));
        try {
            for (byte[] piece : FuzzInput.pieces(sent, seed)) {
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
                for (Object came = channel.readInbound(); came != null; came = channel.readInbound()) {
                    check((FullHttpRequest) came);
                }
            }
        } catch (TooLongFrameException declared) {
            return; // As the server, which closes the connection.
        } finally {
            close(channel);
        }
    }

    private static void close(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (PrematureChannelClosureException declared) {
            assertThat(channel.isOpen()).isFalse(); // The last request was cut short.
        }
    }

    private static void check(FullHttpRequest request) {
        try {
            if (request.decoderResult().isSuccess()) {
                check(request, verify(request, Origins.ANY), "");
                check(request, verify(request, new Origins(Set.of(PAGE))), "https://app.example.com");
            }
        } finally {
            request.release();
        }
    }

    private static Verification.Outcome verify(FullHttpRequest request, Origins origins) {
        TestSettings settings = new TestSettings();
        settings.origins = origins;
        return new Verification(settings.engine(), Map.of()).verify(request);
    }

    private static void check(FullHttpRequest request, Verification.Outcome outcome, String page) {
        assertThat(outcome).isNotInstanceOf(ForSession.class);
        if (outcome instanceof NewSession opened) {
            Handshake handshake = Handshake.of(opened.protocol(), request, PEER, Places.Place.ANYWHERE);
            assertThat(request.method()).isEqualTo(HttpMethod.GET);
            assertThat(opened.query().first("sid")).isEmpty();
            assertThat(handshake.parameter("EIO").equals(Optional.of("4")))
                    .isEqualTo(handshake.protocol() == Protocol.V4);
            assertThat(handshake.parameter("transport"))
                    .contains(opened.transport().wire());
            assertThat(handshake.header("cookie")).isEqualTo(firstOf(request, "cookie"));
            assertThat(handshake
                            .header("origin")
                            .or(() -> handshake.header("referer"))
                            .orElse(""))
                    .startsWith(page);
        }
    }

    private static Optional<String> firstOf(FullHttpRequest request, String name) {
        return Optional.ofNullable(request.headers().get(name));
    }
}
