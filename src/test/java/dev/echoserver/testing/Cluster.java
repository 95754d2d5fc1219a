package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.redis.LocalRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A Redis, an application, and as many nodes of the packaged program as a test starts. One thread. */
public final class Cluster implements AutoCloseable {
    private static final String PREFIX = "app_";
    private static final Pattern USER = Pattern.compile("\"user_id\":\"([^\"]+)\"");

    private final Path folder;
    private final StubApplication application;
    private final LocalRedis redis = RedisFixture.local();
    private final Laravel laravel = Laravel.on(redis.settings());
    private final List<RunningProgram> nodes = new ArrayList<>();
    private int fences;

    private Cluster(Path folder, StubApplication application) {
        this.folder = folder;
        this.application = application;
    }

    /** One without nodes as yet, whose application needs {@code thinking} for an answer. */
    public static Cluster in(Path folder, Duration thinking) {
        return new Cluster(folder, StubApplication.thatNeeds(thinking));
    }

    /** Who is asked. */
    public StubApplication application() {
        return application;
    }

    /**
     * Starts a node in the folder {@code name}, {@code limits} being JSON. It does not expect heartbeats of clients. Its API
     * is open to the client {@code les} with the key {@code secret}, and to the app {@code 3} with the key {@code public}
     * and the secret {@code s3cret}.
     */
    public RunningProgram node(String name, String limits) {
        try {
            RunningProgram node = InstalledProgram.in(Files.createDirectories(folder.resolve(name)))
                    .configured("{\"port\":0,\"authHost\":\"" + application.url()
                            + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                            + redis.settings().port()
                            + ",\"keyPrefix\":\"" + PREFIX
                            + "\"}},\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}],"
                            + "\"apps\":[{\"id\":\"3\",\"key\":\"public\",\"secret\":\"s3cret\"}],\"socketio\":{\"pingInterval\":300000},\"limits\":"
                            + limits + "}")
                    .startServer();
            nodes.add(node);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #node(String, String)}, with the limits that a node has by itself. */
    public RunningProgram node(String name) {
        return node(name, "{}");
    }

    /** A client of {@code node}, on no channel. */
    public static RawClient on(RunningProgram node) {
        return RawClient.connect(InstalledProgram.portOf(node), 4);
    }

    /** A client of {@code node} that has been told who is in {@code room}. */
    public static RawClient joined(RunningProgram node, String user, String room) {
        RawClient client = on(node);
        client.subscribeAs(user, room);
        client.await(packet -> packet.startsWith("42[\"presence:subscribed\",\"" + room + "\""));
        return client;
    }

    /** Publishes as Laravel does; {@code socket} is JSON. */
    public void publish(String channel, String event, String socket) {
        String payload = "{\"event\":\"" + event + "\",\"data\":1,\"socket\":" + socket + "}";
        laravel.publish(LaravelVersion.V13, PREFIX, channel, payload);
        laravel.flush();
    }

    /** Publishes {@code payload} as any program may. */
    public void publishAnything(String channel, String payload) {
        laravel.publish(PREFIX + channel, payload.getBytes(UTF_8));
        laravel.flush();
    }

    /** What {@code client}, which is on {@code channel}, has got until a broadcast of now has come to it. */
    public List<String> eventsUntilNow(String channel, RawClient client) {
        String fence = "fence-" + ++fences;
        publish(channel, fence, "null");
        client.await(packet -> packet.startsWith("42[\"" + fence + "\""));
        return client.events().stream()
                .filter(event -> !event.startsWith("[\"fence-"))
                .toList();
    }

    /** The users that are named in those of {@code events} that are called {@code name}, in order, doubles too. */
    public static List<String> users(List<String> events, String name) {
        return events.stream()
                .filter(event -> event.startsWith("[\"" + name + "\","))
                .flatMap(event -> USER.matcher(event).results().map(found -> found.group(1)))
                .toList();
    }

    /** Ends Redis for good. */
    public void killRedis() {
        redis.kill();
    }

    /** The keys in Redis that have {@code part} in their names. */
    public List<String> keysWith(String part) {
        RedisClient client = RedisClient.create(
                RedisURI.create(redis.settings().host(), redis.settings().port()));
        try {
            return client.connect().sync().keys("*" + part + "*");
        } finally {
            client.shutdown();
        }
    }

    @Override
    public void close() {
        nodes.forEach(RunningProgram::close);
        application.close();
        laravel.close();
        redis.close();
    }
}
