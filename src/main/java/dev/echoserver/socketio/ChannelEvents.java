package dev.echoserver.socketio;

import dev.echoserver.hub.Hub;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import dev.echoserver.subscription.EventBudget;
import dev.echoserver.subscription.JoinAnswer;
import dev.echoserver.subscription.SubscriptionLimits;
import dev.echoserver.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of laravel-echo: {@code subscribe} and {@code unsubscribe}, each with {@code {"channel": string}}.
 *
 * <p>Events that are not these, or not of this shape, are ignored.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code echo-server.ts#onSubscribe} and {@code #onUnsubscribe}.
 */
public final class ChannelEvents implements SocketListener {
    private static final Logger log = LoggerFactory.getLogger(ChannelEvents.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Socket socket;
    private final Subscriptions subscriptions;
    private final EventBudget budget;

    private ChannelEvents(Socket socket, Hub hub, SubscriptionLimits limits, LongSupplier nanoTime) {
        this.socket = socket;
        this.subscriptions = new Subscriptions(socket, hub.on(socket.loop()), limits);
        this.budget = new EventBudget(limits, nanoTime);
    }

    /** Serves laravel-echo to every socket of a namespace. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public static SocketAcceptor acceptor(Hub hub, SubscriptionLimits limits, LongSupplier nanoTime) {
        return socket -> new ChannelEvents(socket, hub, limits, nanoTime);
    }

    @Override
    public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
        boolean subscribe = event.equals("subscribe");
        if (!subscribe && !event.equals("unsubscribe")) {
            return;
        }
        Optional<String> channel = channel(arguments.values());
        if (channel.isEmpty()) {
            return;
        }
        if (!subscribe) {
            subscriptions.leave(channel.get());
        } else if (isWithinBudget(channel.get())) {
            join(channel.get());
        }
    }

    private boolean isWithinBudget(String channel) {
        EventBudget.Verdict verdict = budget.spend();
        if (verdict == EventBudget.Verdict.EXHAUSTED) {
            log.warn("Closed a connection that does not stop subscribing: socket={} channel={}", socket.id(), channel);
            socket.closeTransport();
        } else if (verdict == EventBudget.Verdict.EXCEEDED) {
            refuse(channel, TOO_MANY_REQUESTS);
        }
        return verdict == EventBudget.Verdict.WITHIN;
    }

    private void join(String channel) {
        if (subscriptions.join(channel) instanceof JoinAnswer.Refused refused) {
            refuse(channel, refused.status());
        } else {
            log.debug("Joined: socket={} channel={}", socket.id(), channel);
        }
    }

    private void refuse(String channel, int status) {
        log.debug("Refused: socket={} channel={} status={}", socket.id(), channel, status);
        socket.emit("subscription_error", Json.string(channel), Json.of(Integer.toString(status)));
    }

    private static Optional<String> channel(List<Json> arguments) {
        return arguments.stream()
                .findFirst()
                .flatMap(JsonTree::read)
                .map(argument -> argument.path("channel").textValue())
                .filter(channel -> !channel.isEmpty());
    }

    @Override
    public void onDisconnect(DisconnectReason reason) {
        log.debug("Disconnected: socket={} reason={}", socket.id(), reason.text());
        subscriptions.disconnect();
    }
}
