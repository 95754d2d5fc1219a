package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.fuzz.FuzzInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a client sends on a WebSocket: the same however it is cut, never more than came, in no more memory than promised. */
public final class FrameReaderFuzz implements FrameReader.Listener {
    private static final int MAX_MESSAGE_BYTES = 300;
    private static final Inbound INBOUND = new Inbound(
            new Inbound.Bounds(MAX_MESSAGE_BYTES, Long.MAX_VALUE, Duration.ofSeconds(45)), System::nanoTime);
    private static final int MAX_HELD_BYTES = 2 * (MAX_MESSAGE_BYTES + 14);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final List<String> came = new ArrayList<>();
    private int bytes;

    private FrameReaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int seed = input.below(256);
        byte[] sent = input.rest();
        List<String> whole = new FrameReaderFuzz().read(List.of(sent));
        assertThat(new FrameReaderFuzz().read(FuzzInput.pieces(sent, seed))).isEqualTo(whole);
    }

    private List<String> read(List<byte[]> pieces) {
        FrameReader reader = new FrameReader(INBOUND, false);
        int sent = 0;
        try {
            for (byte[] piece : pieces) {
                sent += piece.length;
                read(reader, piece);
                assertThat(bytes).isLessThanOrEqualTo(sent);
            }
        } catch (CorruptedWebSocketFrameException violation) {
            came.add("violation " + violation.closeStatus().code() + " " + violation.getMessage());
        } finally {
            reader.release();
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        return came;
    }

    private void read(FrameReader reader, byte[] piece) {
        ByteBuf arrived = allocator.buffer(Math.max(1, piece.length)).writeBytes(piece);
        try {
            reader.read(arrived, this);
        } finally {
            arrived.release();
        }
        assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(MAX_HELD_BYTES);
    }

    private void add(String kind, byte[] content) {
        assertThat(content.length).isLessThanOrEqualTo(MAX_MESSAGE_BYTES);
        bytes += content.length;
        came.add(kind + ByteBufUtil.hexDump(content));
    }

    @Override
    public void onText(byte[] content) {
        add("text ", content);
    }

    @Override
    public void onBinary(byte[] content) {
        add("binary ", content);
    }

    @Override
    public void onPing(byte[] content) {
        add("ping ", content);
    }

    @Override
    public void onClose(byte[] content) {
        came.add("close");
    }
}
