package dev.echoserver.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.hub.BinaryEncoder;
import dev.echoserver.hub.EventEncoder;
import dev.echoserver.hub.Hub;
import dev.echoserver.hub.Whisper;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.PresenceStore;
import dev.echoserver.presence.Roster;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Channels on one event loop whose tasks run when the test says so, with Laravel and the store in the test's hands. */
final class SubscriptionFixture {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    final List<String> trace = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final Store store = new Store();
    final List<String> peers = new ArrayList<>();
    final Hub hub = new Hub(new PlainText(), this::sendToPeers, List.of(loop.eventLoop()), () -> 0);
    final Channels channels;

    SubscriptionFixture(SubscriptionLimits limits) {
        loop.freezeTime();
        this.channels = new Channels(hub, new Channels.Ports(new Laravel(), store), limits, new Overruns(() -> 0));
    }

    /** A question that waits for the test's answer. */
    record Asked(AuthQuestion question, CompletableFuture<Authorization> answer) {
        void grant(String channelData) {
            answer.complete(new Authorization.Granted(Optional.of(Json.of(channelData))));
        }

        void deny(int status) {
            answer.complete(new Authorization.Denied(status, "no"));
        }
    }

    Client client(String id) {
        return new Client(new SocketId(id));
    }

    /** Answers the oldest question that is open. */
    Asked nextQuestion() {
        return asked.remove(0);
    }

    /** Lets time pass on the event loop, and runs what is due. */
    void pass(Duration time) {
        loop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        loop.runPendingTasks();
        loop.runScheduledPendingTasks();
    }

    /** Runs what waits on the event loop. */
    void settle() {
        loop.runPendingTasks();
    }

    void broadcast(String channel, String data) {
        hub.from(Origin.REDIS)
                .accept(new Broadcast(Channel.of(channel), Json.string("e"), Json.of(data), Optional.empty()));
        settle();
    }

    private void sendToPeers(Broadcast broadcast) {
        peers.add(broadcast.channel().name() + " " + broadcast.event() + " " + broadcast.data());
    }

    /** A socket that writes down what it is told. */
    final class Client implements ChannelClient {
        private final SocketId id;
        private final Subscriptions subscriptions;

        Client(SocketId id) {
            this.id = id;
            this.subscriptions = channels.connect(this);
        }

        void join(String channel) {
            join(channel, Map.of());
        }

        void join(String channel, Map<String, String> headers) {
            subscriptions.join(channel, headers);
            settle();
        }

        void leave(String channel) {
            subscriptions.leave(channel);
            settle();
        }

        void whisper(String channel, String event) {
            subscriptions.whisper(channel, new Whisper(Json.string(event), Json.of("1"), List.of()));
            settle();
        }

        void disconnect() {
            subscriptions.disconnect("transport close");
            settle();
        }

        @Override
        public SocketId id() {
            return id;
        }

        @Override
        public EventLoop loop() {
            return loop.eventLoop();
        }

        @Override
        public void sendNow(ByteBuf frames) {
            send(frames);
        }

        @Override
        public void send(ByteBuf frames) {
            frames.toString(UTF_8).lines().forEach(line -> trace.add(id + " gets " + line));
            frames.release();
        }

        @Override
        public BinaryEncoder binaryEncoder() {
            throw new UnsupportedOperationException("binaryEncoder: not asked for here");
        }

        @Override
        public Optional<String> requestHeader(String name) {
            return name.equals("Cookie") ? Optional.of("laravel_session=" + id) : Optional.empty();
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public void refused(String channel, int status, String reason) {
            trace.add(id + " refused " + channel + " " + status);
        }

        @Override
        public void here(PresenceChannel channel, List<Json> members) {
            trace.add(id + " here " + members);
        }

        @Override
        public void joining(PresenceChannel channel, Json member) {
            trace.add(id + " joining " + member);
        }

        @Override
        public void leaving(PresenceChannel channel, Json member) {
            trace.add(id + " leaving " + member);
        }
    }

    private final class Laravel implements Authorizer {
        @Override
        public CompletionStage<Authorization> authorize(AuthQuestion question) {
            Asked open = new Asked(question, new CompletableFuture<>());
            asked.add(open);
            return open.answer();
        }

        @Override
        public void close() {}
    }

    /** Remembers sockets; rosters are handed out by the test. */
    static final class Store implements PresenceStore {
        final TreeSet<String> sockets = new TreeSet<>();
        final List<CompletableFuture<Roster>> rosters = new ArrayList<>();
        private Optional<PresenceListener> listener = Optional.empty();

        PresenceListener listener() {
            return listener.orElseThrow();
        }

        /** Completes the oldest roster that is awaited. */
        void roster(long version, String... members) {
            rosters.remove(0)
                    .complete(new Roster(
                            version,
                            List.of(members).stream()
                                    .map(json -> new Member(json, Json.of(json)))
                                    .toList()));
        }

        @Override
        public void open(PresenceListener announcements) {
            listener = Optional.of(announcements);
        }

        @Override
        public CompletionStage<Roster> join(PresenceChannel channel, SocketId socket, Member member) {
            sockets.add(channel.name() + " " + socket);
            CompletableFuture<Roster> roster = new CompletableFuture<>();
            rosters.add(roster);
            return roster;
        }

        @Override
        public CompletionStage<Void> leave(PresenceChannel channel, SocketId socket) {
            sockets.remove(channel.name() + " " + socket);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Roster> roster(PresenceChannel channel) {
            throw new UnsupportedOperationException("roster: not asked for here");
        }

        @Override
        public CompletionStage<List<Member>> users(PresenceChannel channel) {
            throw new UnsupportedOperationException("users: not asked for here");
        }

        @Override
        public void close() {}
    }

    /** One line per event. */
    private static final class PlainText implements EventEncoder {
        @Override
        public ByteBuf encode(Channel channel, Json event, Json data) {
            return Unpooled.copiedBuffer(channel.name() + " " + event + " " + data + "\n", UTF_8);
        }
    }
}
