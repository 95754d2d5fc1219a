package dev.echoserver.redis;

import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.netty.channel.EventLoopGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The one thread for connections, kept from its first use until shutdown. By itself Lettuce ends it with the last client,
 * although clocks that go on would still have it told of attempts that took too long.
 */
final class KeptThreads extends DefaultEventLoopGroupProvider {
    private final Set<Class<?>> kept = ConcurrentHashMap.newKeySet();

    KeptThreads(ThreadFactory threads) {
        super(1, pool -> threads);
    }

    @Override
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
        T group = super.allocate(type);
        return kept.add(type) ? super.allocate(type) : group; // One more reference, that shutdown alone gives up.
    }
}
