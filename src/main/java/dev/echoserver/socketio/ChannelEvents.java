package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.echoserver.hub.Whisper;
import dev.echoserver.json.JavaScript;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import dev.echoserver.subscription.Channels;
import dev.echoserver.subscription.Overruns;
import dev.echoserver.subscription.Subscriptions;
import dev.echoserver.subscription.WhisperBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of laravel-echo: {@code subscribe} and {@code unsubscribe} with {@code {"channel": string, "auth":
 * {"headers": object}}}, and {@code client event} with {@code {"channel": string, "event": string, "data": any}} or a
 * string of that.
 *
 * <p>A channel that is a number or a boolean is its text, and an array of channels is each of them, as rooms of socket.io 2
 * are. Events that are not of this shape are ignored, which is logged.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code echo-server.ts#onSubscribe}, {@code #onUnsubscribe}, {@code
 * channel.ts#clientEvent}. Unlike there, the name of a whisper must begin with {@code client-}.
 */
public final class ChannelEvents implements SocketListener {
    private static final Logger log = LoggerFactory.getLogger(ChannelEvents.class);
    private static final String WHISPER = "client event";
    private static final String WHISPER_PREFIX = "client-";

    /**
     * How clients are served.
     *
     * @param givesReasons whether {@code subscription_error} carries the reason as a third argument, and a page is told that
     *     whispers of it were dropped
     */
    public record Options(WhisperBudget.Limits whispers, boolean givesReasons) {}

    private final EchoClient client;
    private final Subscriptions subscriptions;
    private final Options options;
    private final LongSupplier nanoTime;
    private final Overruns overruns;
    private final JsonElements json;
    private final int maxChannels;
    private Optional<WhisperBudget> budget = Optional.empty(); // Most sockets never whisper.

    private ChannelEvents(Socket socket, Channels channels, Options options, LongSupplier nanoTime) {
        this.client = new EchoClient(socket, options.givesReasons());
        this.subscriptions = channels.connect(client);
        this.overruns = channels.overruns();
        this.maxChannels = channels.limits().maxChannels();
        this.options = options;
        this.nanoTime = nanoTime;
        this.json = socket.json();
    }

    /** Serves laravel-echo to every socket of a namespace. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public static SocketAcceptor acceptor(Channels channels, Options options, LongSupplier nanoTime) {
        return socket -> new ChannelEvents(socket, channels, options, nanoTime);
    }

    @Override
    public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
        Optional<Json> first = arguments.values().stream().findFirst();
        switch (event) {
            case "subscribe" -> subscribe(first.flatMap(JsonTree::read).orElse(MissingNode.getInstance()));
            case "unsubscribe" ->
                channels(event, first.flatMap(JsonTree::read).orElse(MissingNode.getInstance()))
                        .forEach(subscriptions::leave);
            case WHISPER -> whisper(first.flatMap(this::fields).orElse(Map.of()), arguments.attachments());
            default -> {} // An application's own event; nobody here waits for it.
        }
    }

    private void subscribe(JsonNode asked) {
        List<String> channels = channels("subscribe", asked);
        if (!channels.isEmpty()) {
            Map<String, String> headers = headers(asked.path("auth"));
            channels.forEach(channel -> subscriptions.join(channel, headers));
        }
    }

    /**
     * The channels that {@code argument} names, no more than a socket may be on: one event must not keep the event loop.
     * Nothing else of it may be logged: there are secrets.
     */
    private List<String> channels(String event, JsonNode argument) {
        JsonNode named = argument.path("channel");
        List<String> channels = StreamSupport.stream((named.isArray() ? named : List.of(named)).spliterator(), false)
                .flatMap(each -> channel(each).stream())
                .limit(maxChannels)
                .toList();
        if (named.size() > maxChannels) {
            overruns.add(Overruns.Limit.CHANNELS, client.id(), event + " with " + named.size() + " channels");
        }
        if (channels.isEmpty()) {
            ignored(event, named);
        }
        return channels;
    }

    private static Optional<String> channel(JsonNode named) {
        return JavaScript.isFalsy(named) ? Optional.empty() : JavaScript.text(named);
    }

    private void ignored(String event, JsonNode channel) {
        overruns.add(Overruns.Limit.FORM, client.id(), event + " with the channel " + channel);
    }

    /** The headers for Laravel: those of the event, else those of the CONNECT packet. */
    private Map<String, String> headers(JsonNode auth) {
        Map<String, String> given = AuthHeaders.of(auth);
        return given.isEmpty()
                ? client.socket()
                        .auth()
                        .flatMap(JsonTree::read)
                        .map(AuthHeaders::of)
                        .orElse(given)
                : given;
    }

    /** The fields of a whisper, or of a string that holds one. */
    private Optional<Map<String, Json>> fields(Json argument) {
        Optional<Map<String, Json>> fields = json.fields(argument.toString());
        return fields.isPresent()
                ? fields
                : JsonTree.read(argument).map(read -> read.asText("")).flatMap(json::fields);
    }

    private void whisper(Map<String, Json> fields, List<byte[]> attachments) {
        JsonNode named = node(fields, "channel");
        Optional<String> channel = channel(named);
        Optional<String> event =
                Optional.of(node(fields, "event")).filter(JsonNode::isTextual).map(JsonNode::textValue);
        if (channel.isEmpty() || event.isEmpty()) {
            ignored(WHISPER, named);
        } else if (!event.get().startsWith(WHISPER_PREFIX)) {
            overruns.add(Overruns.Limit.WHISPER, client.id(), event.get() + " on " + channel.get());
        } else {
            Json data = fields.getOrDefault("data", Json.NULL);
            whisper(channel.get(), new Whisper(Json.string(event.get()), data, attachments));
        }
    }

    private static JsonNode node(Map<String, Json> fields, String name) {
        return Optional.ofNullable(fields.get(name)).flatMap(JsonTree::read).orElse(MissingNode.getInstance());
    }

    private void whisper(String channel, Whisper whisper) {
        WhisperBudget own = budget.orElseGet(() -> new WhisperBudget(options.whispers(), nanoTime));
        budget = Optional.of(own);
        own.spend(whisper.size())
                .ifPresentOrElse(
                        excess -> drop(channel, whisper, excess), () -> subscriptions.whisper(channel, whisper));
    }

    private void drop(String channel, Whisper whisper, WhisperBudget.Excess excess) {
        overruns.add(excess.limit(), client.id(), whisper.event() + " on " + channel);
        if (excess.isFirst()) {
            client.dropped(channel, whisper.event(), excess.limit().text());
        }
    }

    @Override
    public void onDisconnect(DisconnectReason reason) {
        log.debug("{} disconnected ({})", client.id(), reason.text());
        subscriptions.disconnect(reason.text());
    }
}
