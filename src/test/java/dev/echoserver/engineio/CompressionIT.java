package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V4;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.http.HttpPipeline.Compression;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CompressionIT {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private static final String EXTENSIONS = "sec-websocket-extensions";
    private static final int COMPRESSED_TEXT = RawWebSocket.TEXT | 0x40;
    private static final int COMPRESSED_BINARY = RawWebSocket.BINARY | 0x40;
    private static final int TAIL_BYTES = 4; // 00 00 FF FF, which RFC 7692 leaves out.

    private static EngineServer compressing() {
        return EngineServer.start(s -> {
            s.loops = 1;
            s.compression = new Compression(OptionalInt.empty(), true);
        });
    }

    private static RawWebSocket open(EngineServer server) throws IOException {
        return RawWebSocket.open(server.port(), V4 + "&transport=websocket", OFFER);
    }

    @Test
    void isNotNegotiatedUnlessItIsConfigured() throws IOException {
        try (EngineServer server = EngineServer.start();
                RawWebSocket socket = open(server)) {
            assertThat(socket.handshake().header(EXTENSIONS)).isEmpty();
            assertThat(socket.text()).startsWith("0{");

            socket.send(COMPRESSED_TEXT, deflate("4x".getBytes(UTF_8))).awaitEnd();
        }
    }

    @Test
    void worksInBothDirectionsWhereTheClientOffersIt() throws IOException, DataFormatException {
        byte[] message = ("4" + "é".repeat(5000)).getBytes(UTF_8);
        try (EngineServer server = compressing();
                RawWebSocket plain = server.webSocket(V4);
                RawWebSocket socket = open(server)) {
            assertThat(socket.handshake().header(EXTENSIONS)).startsWith("permessage-deflate");
            Inflater inflater = new Inflater(true);
            assertThat(inflate(inflater, socket.frame())).startsWith("0{");

            RawWebSocket.Frame echo =
                    socket.send(COMPRESSED_TEXT, deflate(message)).frame();

            assertThat(echo.head()).isEqualTo(COMPRESSED_TEXT);
            assertThat(echo.content()).hasSizeLessThan(500);
            assertThat(inflate(inflater, echo)).isEqualTo(new String(message, UTF_8));
            assertThat(plain.send("4as before").text()).isEqualTo("4as before");
            inflater.end();
        }
    }

    @Test
    void endsTheConnectionWhoseMessageUnfoldsBeyondTheLimit() throws IOException {
        byte[] bomb = deflate(new byte[100 << 20]);
        assertThat(bomb).hasSizeLessThan(200_000);
        try (EngineServer server = compressing();
                RawWebSocket bystander = server.webSocket(V4);
                RawWebSocket socket = open(server)) {
            socket.send(COMPRESSED_BINARY, bomb).awaitEnd();

            assertThat(bystander.send("4unharmed").text()).isEqualTo("4unharmed");
            assertThat(server.sessionCount()).isOne();
        }
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(content);
        byte[] deflated = new byte[200 + content.length / 100];
        int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(deflated, length - TAIL_BYTES);
    }

    private static String inflate(Inflater inflater, RawWebSocket.Frame frame) throws DataFormatException {
        byte[] whole = Arrays.copyOf(frame.content(), frame.content().length + TAIL_BYTES);
        whole[whole.length - 2] = (byte) 0xFF;
        whole[whole.length - 1] = (byte) 0xFF;
        inflater.setInput(whole);
        byte[] content = new byte[20_000];
        return new String(content, 0, inflater.inflate(content), UTF_8);
    }
}
