package dev.echoserver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.http.DemoPage;
import dev.echoserver.http.DemoPublisher;
import dev.echoserver.http.PortException;
import dev.echoserver.redis.KeptPublisher;
import dev.echoserver.redis.LocalRedis;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server with a page at {@code /demo} that shows events arriving, on a given Redis or on one of its own. */
public final class Demo implements AutoCloseable {
    private final EchoServer server;
    private final Redis redis;
    private final KeptPublisher publisher;
    private final ScheduledExecutorService ticks;

    /** The Redis of a demo; {@code own} ends with the demo. */
    private record Redis(String url, String origin, Optional<LocalRedis> own) {
        RedisConfig config() {
            return RedisConfig.ofUrl(url);
        }
    }

    private Demo(EchoServer server, Redis redis, KeptPublisher publisher, ScheduledExecutorService ticks) {
        this.server = server;
        this.redis = redis;
        this.publisher = publisher;
        this.ticks = ticks;
    }

    /**
     * Starts everything.
     *
     * @param port if it is taken, any free one is
     * @param redisUrl the Redis to use; without it a private one is started
     * @throws dev.echoserver.redis.RedisUnavailableException if there is none and none can be started
     * @throws IllegalArgumentException if {@code redisUrl} is no URL of a Redis
     * @throws PortException if {@code host} cannot be listened on
     */
    public static Demo start(String host, int port, Optional<String> redisUrl) {
        Redis redis = redisUrl.map(url -> new Redis(url, "REDIS_URL", Optional.empty()))
                .orElseGet(Demo::ownRedis);
        KeptPublisher publisher = new KeptPublisher(redis.config());
        ScheduledExecutorService ticks =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "demo-publish"));
        DemoPublisher events = new RedisDemoPublisher(publisher::publish, ticks);
        EchoServer server = startServer(host, port, redis, new DemoPage(events));
        var unused = new DemoTicker(events, Clock.systemUTC()).start(ticks);
        redis.own().ifPresent(LocalRedis::endOnlyWhenClosed);
        return new Demo(server, redis, publisher, ticks);
    }

    private static Redis ownRedis() {
        LocalRedis redis = LocalRedis.start();
        return new Redis("redis://" + redis.settings().address(), redis.origin(), Optional.of(redis));
    }

    private static EchoServer startServer(String host, int port, Redis redis, DemoPage page) {
        try {
            return EchoServer.start(config(host, port, redis), SourceListener.NONE, List.of(page));
        } catch (PortException taken) {
            return EchoServer.start(config(host, 0, redis), SourceListener.NONE, List.of(page));
        }
    }

    private static ServerConfig config(String host, int port, Redis redis) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("host", host).put("port", port).put("drainSeconds", 0).put("management", false);
        config.putObject("databaseConfig").putObject("redis").put("url", redis.url());
        return ServerConfig.of(config.toString());
    }

    /** The port of the page. */
    public int port() {
        return server.port();
    }

    /** The Redis in use, for people: where it is and where it came from. */
    public String redis() {
        return redis.config().address() + " (" + redis.origin() + ")";
    }

    @Override
    public void close() {
        server.close();
        endTicks();
        publisher.close();
        redis.own().ifPresent(LocalRedis::close);
    }

    /** A tick under way is waited for: interrupted, it would be reported as lost. */
    private void endTicks() {
        ticks.shutdown();
        try {
            if (!ticks.awaitTermination(1, TimeUnit.SECONDS)) {
                ticks.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
