package dev.echoserver.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Looks at the first bytes of a new connection alone, and ends it if they cannot be those of Redis: Lettuce would only say
 * that it was closed. Takes itself out of the pipeline then. Used on {@code redis-io}.
 */
final class FirstAnswer extends ChannelInboundHandlerAdapter {
    private static final int ENOUGH_BYTES = 512;

    /** Has each new connection looked at. */
    static final NettyCustomizer EACH = new NettyCustomizer() {
        @Override
        public void afterChannelInitialized(Channel channel) {
            put(channel);
        }
    };

    /** Puts one in front of Lettuce. */
    static void put(Channel channel) {
        String lettuce = channel.pipeline().context(CommandHandler.class).name();
        channel.pipeline().addBefore(lettuce, "first-answer", new FirstAnswer());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        context.pipeline().remove(this);
        Optional<Stranger> stranger = message instanceof ByteBuf bytes ? strangerIn(bytes) : Optional.empty();
        if (stranger.isPresent()) {
            ((ByteBuf) message).release();
            tell(context, new StrangerException(stranger.get()));
            var unused = context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Lettuce's reader of commands, which would hear of it first, keeps it to itself. */
    private static void tell(ChannelHandlerContext context, StrangerException failure) throws Exception {
        Optional<RedisHandshakeHandler> attempt =
                Optional.ofNullable(context.pipeline().get(RedisHandshakeHandler.class));
        if (attempt.isPresent()) {
            attempt.get().exceptionCaught(context.pipeline().context(attempt.get()), failure);
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    private static Optional<Stranger> strangerIn(ByteBuf bytes) {
        int length = Math.min(ENOUGH_BYTES, bytes.readableBytes());
        return Stranger.of(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length));
    }
}
