package dev.echoserver.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.auth.Authorizer;
import dev.echoserver.auth.Credentials;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.BroadcastObserver.Reach;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.census.Count;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class TraceTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();
    private final List<ForeignEvents.Listener> foreign = new ArrayList<>();
    private final RefusedJoins refused = new RefusedJoins(new Refusing(), () -> 0);
    private Optional<BroadcastObserver> observer = Optional.empty();
    private int counted;
    private final Trace trace = new Trace(
            new Lookout(watching -> observer = watching),
            heard -> {
                foreign.add(heard);
                return () -> foreign.remove(heard);
            },
            "app_",
            new Hints(
                    channels -> {
                        counted++;
                        return CompletableFuture.completedStage(new Count(1, Map.of("orders", 1)));
                    },
                    refused,
                    () -> 0),
            NOON);

    private static final class Refusing implements Authorizer {
        @Override
        public CompletionStage<Authorization> authorize(AuthQuestion question) {
            return CompletableFuture.completedStage(new Authorization.Denied(403, "no"));
        }

        @Override
        public void close() {}
    }

    private Look open(String... channels) {
        return trace.open(new ChannelFilter(List.of(channels)), lines::add);
    }

    private void deliver(Origin origin, String channel, String event, int sockets) {
        Broadcast broadcast = new Broadcast(Channel.of(channel), Json.string(event), Json.of("[1]"), Optional.empty());
        observer.orElseThrow().delivered(origin, broadcast, new Reach(sockets, false, false, Duration.ofMillis(2)));
    }

    @Test
    void tellsWhatWasReceivedAndHowFarItGot() {
        open();
        deliver(Origin.REDIS, "orders", "App\\Events\\Paid", 3);
        deliver(Origin.WHISPER, "private-orders", "client-typing", 1);

        assertThat(lines)
                .containsExactly(
                        "{\"at\":\"2026-01-01T11:59:59.998Z\",\"origin\":\"redis\",\"received\":\"app_orders\","
                                + "\"channel\":\"orders\",\"event\":\"App\\\\Events\\\\Paid\",\"bytes\":3,"
                                + "\"sockets\":3,\"micros\":2000,\"hints\":[]}",
                        "{\"at\":\"2026-01-01T11:59:59.998Z\",\"origin\":\"whisper\",\"received\":\"private-orders\","
                                + "\"channel\":\"private-orders\",\"event\":\"client-typing\",\"bytes\":3,"
                                + "\"sockets\":1,\"micros\":2000,\"hints\":[]}");
    }

    @Test
    void saysWhyNobodyGotIt() {
        open("private-orders");
        deliver(Origin.REDIS, "private-orders", "App\\Events\\Paid", 0);

        assertThat(lines).singleElement().asString().contains("use Echo.private('orders')");
    }

    @Test
    void saysThatLaravelHasRefusedThoseWhoWantedIt() {
        Credentials none = new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "192.0.2.1",
                "http",
                Map.of());
        refused.authorize(new AuthQuestion(Channel.of("private-vip"), new SocketId("1.1"), none));

        open();
        deliver(Origin.REDIS, "private-vip", "App\\Events\\Paid", 0);

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("A browser was refused this channel, last 0 s ago with status 403: no.");
    }

    @Test
    void saysOnceHowToListenForAnEventWithANameOfItsOwn() {
        open();
        deliver(Origin.REDIS, "orders", "order.paid", 1);
        deliver(Origin.REDIS, "orders", "order.paid", 1);

        assertThat(lines.get(0)).contains("leading dot: .listen('.order.paid', …)");
        assertThat(lines.get(1)).endsWith("\"hints\":[]}");
    }

    @Test
    void showsWhatIsNoEvent() {
        open("orders");
        observer.orElseThrow().dropped(DropReason.NOT_JSON, "orders", 9);
        observer.orElseThrow().dropped(DropReason.NOT_JSON, "news", 9);

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"received\":\"app_orders\"", "\"dropped\":\"NOT_JSON\"", "\"sockets\":0");
    }

    @Test
    void showsWhatIsOutsideTheKeyPrefix() {
        open("orders");
        foreign.forEach(listener -> listener.heard("other_orders", "App\\Events\\Paid", 3));
        foreign.forEach(listener -> listener.heard("other_news", "App\\Events\\Paid", 3));

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"received\":\"other_orders\"", "set \\\"keyPrefix\\\": \\\"other_\\\"");
    }

    @Test
    void countsTheSocketsOnceASecondAtMost() {
        open();
        deliver(Origin.REDIS, "a", "App\\Events\\Paid", 0);
        deliver(Origin.REDIS, "b", "App\\Events\\Paid", 0);

        assertThat(lines).hasSize(2);
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void nobodyIsToldAnythingOnceTheLastOneHasGone() {
        Look first = open();
        Look second = open();

        first.close();
        assertThat(observer).isPresent();
        second.close();
        assertThat(observer).isEmpty();
        assertThat(foreign).isEmpty();
    }
}
