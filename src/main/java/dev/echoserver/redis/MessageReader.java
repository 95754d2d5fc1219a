package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Takes the messages of one pattern out of what Redis sends and leaves everything else to Lettuce, in one order. Lettuce
 * would make several objects of each and pass it through as many layers.
 *
 * <p>A message is {@code *4 $8 pmessage $n <pattern> $n <channel> $n <payload>}. What is not RESP 2 closes the
 * connection: after it, nothing could be told apart.
 */
final class MessageReader extends ByteToMessageDecoder {
    private static final int LONGEST_NAME_BYTES = 64 << 10;

    /** Payloads of up to this size are kept without asking. */
    private static final int USUAL_BYTES = 64 << 10;

    private final MessageListener listener;
    private final ByteBuf opening;
    private final RespReply reply = new RespReply();
    private final BulkString channelName = new BulkString(length -> Math.min(length, LONGEST_NAME_BYTES));
    private final BulkString payload = new BulkString(this::worth);
    private boolean isMessage;

    MessageReader(String pattern, MessageListener listener) {
        this.listener = listener;
        int length = pattern.getBytes(UTF_8).length;
        String text = "*4\r\n$8\r\npmessage\r\n$" + length + "\r\n" + pattern + "\r\n";
        this.opening = Unpooled.copiedBuffer(text, UTF_8);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            boolean goesOn = true;
            while (goesOn && in.isReadable()) {
                goesOn = isMessage ? readMessage(in) : readOther(in, out);
            }
        } catch (RuntimeException e) {
            in.skipBytes(in.readableBytes());
            var unused = context.close();
            throw e;
        }
    }

    private boolean readMessage(ByteBuf in) {
        if (!channelName.read(in) || !payload.read(in)) {
            return false;
        }
        isMessage = false;
        listener.message(channelName.take(), payload.take());
        return true;
    }

    private int worth(int length) {
        return length <= USUAL_BYTES ? length : Math.min(length, listener.worth(channelName.bytes()));
    }

    /** @return whether there may be a message behind it; a reply must be passed on first */
    private boolean readOther(ByteBuf in, List<Object> out) {
        if (!reply.isWhole()) {
            return passOn(in, out);
        }
        int come = Math.min(in.readableBytes(), opening.readableBytes());
        if (!ByteBufUtil.equals(opening, 0, in, in.readerIndex(), come)) {
            reply.begin();
            return passOn(in, out);
        }
        isMessage = come == opening.readableBytes();
        in.skipBytes(isMessage ? come : 0);
        return isMessage;
    }

    private boolean passOn(ByteBuf in, List<Object> out) {
        int from = in.readerIndex();
        reply.skip(in);
        if (in.readerIndex() > from) {
            out.add(in.retainedSlice(from, in.readerIndex() - from));
        }
        return false;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        listener.readComplete();
    }
}
