package dev.echoserver.socketio;

import dev.echoserver.Loops;
import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.Channel;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.hub.Hub;
import dev.echoserver.json.Json;
import dev.echoserver.presence.MemoryPresenceStore;
import dev.echoserver.subscription.Channels;
import dev.echoserver.subscription.Overruns;
import dev.echoserver.subscription.SubscriptionLimits;
import dev.echoserver.testing.SocketServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server for laravel-echo, whose application grants all that it is asked. */
final class EchoFixture implements AutoCloseable {
    final Queue<AuthQuestion> questions = new ConcurrentLinkedQueue<>();
    final Overruns overruns = new Overruns(System::nanoTime);
    private final Loops loops = new Loops(1);
    private final Hub hub;
    private final SocketServer server;

    EchoFixture(ChannelEvents.Options options) {
        hub = new Hub(new BroadcastEncoder(), broadcast -> {}, loops.all(), System::nanoTime);
        Channels channels = new Channels(
                hub,
                new Channels.Ports(new Application(), new MemoryPresenceStore(System::nanoTime)),
                new SubscriptionLimits(1000, 200, true),
                overruns);
        SocketIoServer socketIo = new SocketIoServer(
                Map.of("/", ChannelEvents.acceptor(channels, options, () -> 0)),
                new SocketIoServer.Limits(Duration.ofSeconds(45), 64),
                new SecureRandom());
        server = SocketServer.start(
                0,
                loops,
                EngineIoSettings.defaults(),
                new SocketServer.Application("/socket.io", socketIo::newSid, socketIo));
    }

    /** A client that is connected. */
    SocketIoClient connect(String path) throws IOException {
        SocketIoClient client = SocketIoClient.open(server.port(), path);
        client.connect();
        return client;
    }

    /** Publishes an event as Laravel does; once this returns it is on its way, before whatever a client asks then. */
    void publish(String channel, String event) {
        hub.from(Origin.REDIS)
                .accept(new Broadcast(Channel.of(channel), Json.string(event), Json.of("1"), Optional.empty()));
        loops.all().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Application implements Authorizer {
        @Override
        public CompletionStage<Authorization> authorize(AuthQuestion question) {
            questions.add(question);
            Json member = Json.of("{\"user_id\":1}");
            return CompletableFuture.completedStage(new Authorization.Granted(Optional.of(member)));
        }

        @Override
        public void close() {}
    }
}
