package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import dev.echoserver.subscription.Channels;
import dev.echoserver.subscription.EventBudget;
import dev.echoserver.subscription.Overruns;
import dev.echoserver.subscription.SubscriptionLimits;
import dev.echoserver.subscription.Subscriptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of laravel-echo: {@code subscribe} and {@code unsubscribe} with {@code {"channel": string, "auth":
 * {"headers": object}}}, and {@code client event} with {@code {"channel": string, "event": string, "data": any}} or a
 * string of that.
 *
 * <p>Events that are not these, or not of this shape, are ignored.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code echo-server.ts#onSubscribe}, {@code #onUnsubscribe}, {@code
 * channel.ts#clientEvent}. Unlike there, the name of a whisper must begin with {@code client-}.
 */
public final class ChannelEvents implements SocketListener {
    private static final Logger log = LoggerFactory.getLogger(ChannelEvents.class);
    private static final String WHISPER = "client event";
    private static final String WHISPER_PREFIX = "client-";
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * How clients are served.
     *
     * @param givesReasons whether {@code subscription_error} carries the reason as a third argument
     */
    public record Options(SubscriptionLimits limits, boolean givesReasons) {}

    private final EchoClient client;
    private final Subscriptions subscriptions;
    private final EventBudget budget;
    private final Overruns overruns;
    private final JsonElements json;

    private ChannelEvents(Socket socket, Channels channels, Options options, LongSupplier nanoTime) {
        this.client = new EchoClient(socket, options.givesReasons());
        this.subscriptions = channels.connect(client);
        this.overruns = channels.overruns();
        this.budget = new EventBudget(options.limits(), nanoTime);
        this.json = socket.json();
    }

    /** Serves laravel-echo to every socket of a namespace. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public static SocketAcceptor acceptor(Channels channels, Options options, LongSupplier nanoTime) {
        return socket -> new ChannelEvents(socket, channels, options, nanoTime);
    }

    @Override
    public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
        if (arguments.values().isEmpty()) {
            return;
        }
        Json first = arguments.values().get(0);
        switch (event) {
            case "subscribe" -> JsonTree.read(first).ifPresent(this::subscribe);
            case "unsubscribe" ->
                JsonTree.read(first).flatMap(read -> text(read, "channel")).ifPresent(subscriptions::leave);
            case WHISPER -> fields(first).ifPresent(this::whisper);
            default -> {} // An application's own event; nobody here waits for it.
        }
    }

    /** The field called {@code name}, if it is a string that is not empty. */
    private static Optional<String> text(JsonNode object, String name) {
        String text = object.path(name).asText("");
        return object.path(name).isTextual() && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private void subscribe(JsonNode asked) {
        Optional<String> channel = text(asked, "channel");
        if (channel.isPresent()
                && isWithinBudget(
                        "subscribe " + channel.get(),
                        () -> client.refused(channel.get(), TOO_MANY_REQUESTS, "too many events a second"))) {
            subscriptions.join(channel.get(), headers(asked.path("auth")));
        }
    }

    /** The headers for Laravel: those of the event, else those of the CONNECT packet. */
    private Map<String, String> headers(JsonNode auth) {
        Map<String, String> given = headersOf(auth);
        return given.isEmpty()
                ? client.socket()
                        .auth()
                        .flatMap(JsonTree::read)
                        .map(ChannelEvents::headersOf)
                        .orElse(given)
                : given;
    }

    /** {@code {"headers": {name: value}}} as a map; what is not text, number or boolean is left out. */
    private static Map<String, String> headersOf(JsonNode auth) {
        JsonNode given = auth.path("headers");
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : given.properties()) {
            if (header.getValue().isValueNode() && !header.getValue().isNull()) {
                headers.put(header.getKey(), header.getValue().asText());
            }
        }
        return headers;
    }

    /** The fields of a whisper, or of a string that holds one. */
    private Optional<Map<String, Json>> fields(Json argument) {
        Optional<Map<String, Json>> fields = json.fields(argument.toString());
        return fields.isPresent()
                ? fields
                : JsonTree.read(argument).map(read -> read.asText("")).flatMap(json::fields);
    }

    /** The field called {@code name}, if it is a string that is not empty. */
    private static Optional<String> text(Map<String, Json> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .flatMap(JsonTree::read)
                .map(read -> read.isTextual() ? read.textValue() : "")
                .filter(text -> !text.isEmpty());
    }

    private void whisper(Map<String, Json> fields) {
        Optional<String> channel = text(fields, "channel");
        Optional<String> event = text(fields, "event").filter(name -> name.startsWith(WHISPER_PREFIX));
        if (channel.isPresent() && event.isPresent() && isWithinBudget(event.get(), () -> {})) {
            subscriptions.whisper(channel.get(), Json.string(event.get()), fields.getOrDefault("data", Json.NULL));
        }
    }

    private boolean isWithinBudget(String event, Runnable onExceeded) {
        EventBudget.Verdict verdict = budget.spend();
        if (verdict == EventBudget.Verdict.EXHAUSTED) {
            overruns.add(Overruns.Limit.EVENTS_FOR_LONG, client.id(), event);
            client.socket().closeTransport();
        } else if (verdict == EventBudget.Verdict.EXCEEDED) {
            overruns.add(Overruns.Limit.EVENTS, client.id(), event);
            onExceeded.run();
        }
        return verdict == EventBudget.Verdict.WITHIN;
    }

    @Override
    public void onDisconnect(DisconnectReason reason) {
        log.debug("{} disconnected ({})", client.id(), reason.text());
        subscriptions.disconnect(reason.text());
    }
}
