package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.channel.InternalChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes say to each other on channels of Redis that no client can name, handed to those who registered for it.
 *
 * <p>It comes in with Laravel's broadcasts and in one order with them. Register before the source is opened. Messages are
 * handed over on {@code redis-io}.
 */
public final class NodeBus {
    private static final Logger log = LoggerFactory.getLogger(NodeBus.class);
    private static final byte[] PREFIX = InternalChannel.PREFIX.getBytes(UTF_8);

    /** As much as {@link RedisPeerNodes} lets wait for Redis, and many times what nodes usually say. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    /** A message is copied a few times while it is read. */
    private static final int SHARE_OF_MEMORY = 16;

    private final Drops drops;
    private final int maxMessageBytes;
    private final Map<String, Predicate<byte[]>> handlers = new ConcurrentHashMap<>();
    private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();

    /** A bus that nobody hears yet. {@code drops} counts what is no message of a node. */
    public NodeBus(Drops drops) {
        this(drops, (int) Math.min(MAX_MESSAGE_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
    }

    NodeBus(Drops drops, int maxMessageBytes) {
        this.drops = drops;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** A message of more bytes is dropped: anybody who may publish could make this process run out of memory by one. */
    int maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * From now on {@code handler} gets what is said on {@code name}.
     *
     * @param handler must not block; false if it makes no sense of a message
     */
    void handle(String name, Predicate<byte[]> handler) {
        handlers.put(name, handler);
    }

    /** From now on {@code action} runs each time messages begin to arrive; those before may have been missed. */
    void whenConnected(Runnable action) {
        whenConnected.add(action);
    }

    /** Whether the channel is one of those between nodes; then its message is dealt with. */
    boolean take(byte[] channelName, int prefixBytes, byte[] payload) {
        if (!takes(channelName, prefixBytes)) {
            return false;
        }
        String name = new String(channelName, prefixBytes, channelName.length - prefixBytes, UTF_8);
        if (payload.length > maxMessageBytes) {
            drops.add(DropReason.TOO_LARGE, name, payload);
        } else if (!handlers.getOrDefault(name, ofANewerVersion -> true).test(payload)) {
            drops.add(DropReason.NO_NODE_MESSAGE, name, payload);
        }
        return true;
    }

    void connected() {
        for (Runnable action : whenConnected) {
            try {
                action.run();
            } catch (RuntimeException bug) {
                log.error("Not told that messages of nodes arrive again", bug);
            }
        }
    }

    /** Whether the channel is one of those between nodes. */
    boolean takes(byte[] name, int offset) {
        int end = offset + PREFIX.length;
        return name.length >= end && Arrays.equals(name, offset, end, PREFIX, 0, PREFIX.length);
    }
}
