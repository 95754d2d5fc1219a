package dev.echoserver.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;

/** Runs {@code action} when a connection is lost, on {@code redis-io}. */
record WhenLost(Runnable action) implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
        action.run();
    }
}
