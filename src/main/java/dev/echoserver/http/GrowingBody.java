package dev.echoserver.http;

import dev.echoserver.engineio.InboundClaim;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The body of a request while it arrives. Its bytes are copied: each part as it came, be it one byte, holds the memory of
 * a whole read. Confined to the connection's event loop.
 */
final class GrowingBody {
    private static final int SHORTEST_BYTES = 64;

    private final InboundClaim claim;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    GrowingBody(InboundClaim claim) {
        this.claim = claim;
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** Adds {@code part}, which the caller releases; false if all clients together leave no room for it. */
    boolean add(ByteBuf part) {
        if (!part.isReadable()) {
            return true;
        }
        if (bytes.capacity() == 0) {
            bytes = ByteBufAllocator.DEFAULT.buffer(SHORTEST_BYTES);
        }
        int more = part.readableBytes();
        if (more > bytes.maxFastWritableBytes()
                && !claim.hold(bytes.alloc().calculateNewCapacity(bytes.writerIndex() + more, bytes.maxCapacity()))) {
            return false;
        }
        bytes.writeBytes(part);
        return true;
    }

    /** Hands over the bytes, which the caller releases; they count as held until {@link #release}. */
    ByteBuf take() {
        ByteBuf taken = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    /** Forgets all of it. Idempotent. */
    void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
        claim.release();
    }
}
