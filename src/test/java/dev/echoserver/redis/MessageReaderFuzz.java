package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.fuzz.FuzzInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.ArrayList;
import java.util.List;

/** What Redis sends: the same messages and replies however it is cut; what is no RESP 2 closes the connection. */
public final class MessageReaderFuzz implements MessageListener {
    private static final String PATTERN = "a_*";
    private static final int WORTH = 100_000;

    private final List<String> messages = new ArrayList<>();
    private final StringBuilder replies = new StringBuilder();
    private boolean isCorrupt;

    private MessageReaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int seed = input.below(256);
        byte[] sent = input.rest();
        MessageReaderFuzz whole = new MessageReaderFuzz().read(List.of(sent));
        MessageReaderFuzz cut = new MessageReaderFuzz().read(FuzzInput.pieces(sent, seed));
        assertThat(cut.messages).isEqualTo(whole.messages);
        assertThat(cut.isCorrupt).isEqualTo(whole.isCorrupt);
        if (!whole.isCorrupt) { // Otherwise nobody reads the last reply to its end.
            assertThat(cut.replies.toString()).isEqualTo(whole.replies.toString());
        }
    }

    private MessageReaderFuzz read(List<byte[]> pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageReader(PATTERN, this));
        try {
            for (byte[] piece : pieces) {
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
                takeReplies(channel);
            }
        } catch (CorruptedFrameException declared) {
            isCorrupt = true;
            assertThat(channel.isOpen()).isFalse();
        } finally {
            channel.finishAndReleaseAll();
        }
        return this;
    }

    private void takeReplies(EmbeddedChannel channel) {
        for (ByteBuf reply = channel.readInbound(); reply != null; reply = channel.readInbound()) {
            replies.append(reply.toString(ISO_8859_1));
            reply.release();
        }
    }

    @Override
    public void message(byte[] channelName, byte[] payload) {
        assertThat(payload.length).isLessThanOrEqualTo(WORTH);
        messages.add(new String(channelName, ISO_8859_1) + "=" + new String(payload, ISO_8859_1));
    }

    @Override
    public int worth(byte[] channelName) {
        return WORTH;
    }
}
