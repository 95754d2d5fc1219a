package dev.echoserver.redis;

import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.PresenceStore;
import dev.echoserver.presence.PresenceStoreContract;
import dev.echoserver.testing.RedisFixture;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The same as in memory. */
final class RedisPresenceStoreIT extends PresenceStoreContract {
    private static RedisFixture redis;

    private AutoCloseable connections = () -> {};

    @BeforeAll
    static void startRedis() {
        redis = RedisFixture.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void disconnect() throws Exception {
        connections.close();
    }

    @Override
    protected PresenceStore openedStore(PresenceListener listener) {
        var settings = redis.settings().withKeyPrefix(UUID.randomUUID() + "_{app}_");
        Drops drops = new Drops(System::nanoTime);
        NodeBus bus = new NodeBus(drops);
        RedisLink link = new RedisLink(settings);
        RedisBroadcastSource source = new RedisBroadcastSource(
                settings,
                new RedisBroadcastSource.Receivers(new BroadcastDecoder(1 << 20, drops), bus),
                System::nanoTime);
        connections = () -> {
            source.close();
            link.close();
        };
        RedisPresenceStore store = new RedisPresenceStore(link, bus, new LaravelView(true, true));
        store.open(listener);
        link.open();
        source.open(broadcast -> {}, SourceListener.NONE);
        await().until(() -> source.isListening() && store.isReady());
        return store;
    }
}
