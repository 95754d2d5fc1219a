package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.json.DecodeFailure;
import dev.echoserver.json.Envelope;
import dev.echoserver.json.EnvelopeScanner;
import dev.echoserver.json.JavaScript;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import dev.echoserver.json.Scanned;
import dev.echoserver.json.Utf8;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code {"name": string, "data": any, "channels": [string…], "channel": string, "socket_id": string, "info":
 * string}}, and several of them in {@code {"batch": […]}}.
 *
 * <p>{@code data} is never turned into objects. If it is a string that holds JSON, what it holds is published: libraries
 * encode it twice. What an event must be is what it must be on Redis, and what is dropped is counted with that.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code http-subscriber.ts#handleData}.
 */
final class EventReader {
    private static final int MAX_SIGNED_CHANNELS = 100;
    private static final int MAX_SIGNED_NAME = 200;
    private static final int MAX_BATCH = 10;
    private static final int MAX_FALSY_BYTES = 16;
    private static final long MAX_COPIES_BYTES = 32 << 20;
    private static final Json ABSENT = Json.NULL;
    private static final JsonElements ELEMENTS = new JsonElements(EnvelopeScanner.MAX_DEPTH);

    private final Drops drops;

    /** {@code drops} counts the bodies that name no broadcast. */
    EventReader(Drops drops) {
        this.drops = drops;
    }

    /**
     * The event in the body of {@code request}.
     *
     * @throws ApiRefusal if there is none
     */
    Publication event(ApiRequest request) {
        Publication event = event(fields(text(request)));
        if (request.isSigned()) {
            checkLimits(event);
        }
        checkCopies(List.of(event));
        return event;
    }

    /**
     * The events in the body of {@code request}.
     *
     * @throws ApiRefusal if one of them is none: then none is to be published
     */
    List<Publication> batch(ApiRequest request) {
        Json batch = fields(text(request)).getOrDefault("batch", ABSENT);
        List<Json> events = ELEMENTS.of(batch.toString())
                .filter(all -> all.size() <= MAX_BATCH)
                .orElseThrow(() -> ApiRefusal.badRequest("batch must be an array of at most " + MAX_BATCH + " events"));
        List<Publication> publications =
                events.stream().map(event -> event(fields(event.toString()))).toList();
        publications.forEach(EventReader::checkLimits);
        checkCopies(publications);
        return publications;
    }

    private String text(ApiRequest request) {
        if (!Utf8.isValid(request.body())) {
            drops.add(DropReason.INVALID_UTF8, request.path(), request.body());
            throw ApiRefusal.badRequest("The body is not UTF-8");
        }
        return new String(request.body(), UTF_8);
    }

    private static Map<String, Json> fields(String text) {
        return ELEMENTS.fields(text)
                .orElseThrow(() -> ApiRefusal.badRequest(
                        "The body is not a JSON object, or nested deeper than " + EnvelopeScanner.MAX_DEPTH));
    }

    private Publication event(Map<String, Json> fields) {
        Json name = text(fields.getOrDefault("name", ABSENT));
        Json data = fields.getOrDefault("data", ABSENT);
        Optional<List<String>> named = channels(fields);
        if (named.isEmpty() || isFalsy(name) || isFalsy(data)) {
            throw ApiRefusal.badRequest("Event must include channel, event name and data");
        }
        List<String> channels = named.get();
        Json socket = fields.getOrDefault("socket_id", ABSENT);
        byte[] envelope =
                ("{\"event\":" + name + ",\"data\":" + decoded(data) + ",\"socket\":" + socket + "}").getBytes(UTF_8);
        return new Publication(
                channels.stream().map(channel -> channel(channel, envelope)).toList(),
                scanned(channels, envelope),
                string(fields.getOrDefault("info", ABSENT)).filter(info -> !info.isEmpty()));
    }

    /** A number as its text, as event names of JavaScript are; all else stays. */
    private static Json text(Json name) {
        return JsonTree.read(name)
                .filter(value -> value.isNumber() && !JavaScript.isFalsy(value))
                .flatMap(JavaScript::text)
                .map(Json::string)
                .orElse(name);
    }

    /** {@code channels} wins. */
    private static Optional<List<String>> channels(Map<String, Json> fields) {
        Json many = fields.getOrDefault("channels", ABSENT);
        Json one = fields.getOrDefault("channel", ABSENT);
        Json named = isFalsy(many) ? one : many;
        return isFalsy(named) ? Optional.empty() : Optional.of(names(named));
    }

    /** Of an array its elements, of anything else itself: a name that is a number is its text, as rooms of socket.io 2 are. */
    private static List<String> names(Json named) {
        return ELEMENTS.of(named.toString()).orElse(List.of(named)).stream()
                .map(EventReader::channelName)
                .toList();
    }

    private static String channelName(Json json) {
        return JsonTree.read(json)
                .filter(JsonNode::isValueNode)
                .flatMap(JavaScript::text)
                .orElseThrow(() -> ApiRefusal.badRequest("The name of a channel must be a string or a number"));
    }

    private Channel channel(String name, byte[] envelope) {
        if (InternalChannel.isInternal(name) || !Channel.isName(name)) {
            drops.add(DropReason.INVALID_CHANNEL, name, envelope);
            throw ApiRefusal.badRequest(
                    "The name of a channel must not be empty, have control characters or be one that servers use");
        }
        return Channel.of(name);
    }

    private Envelope scanned(List<String> channels, byte[] envelope) {
        Scanned scanned = EnvelopeScanner.scan(envelope);
        if (scanned instanceof DecodeFailure failure) {
            drops.add(DropReason.of(failure), String.join(",", channels), envelope);
            throw ApiRefusal.badRequest(
                    switch (failure.reason()) {
                        case RESERVED_EVENT -> "The event's name is one of Socket.IO's own; use another";
                        case NO_EVENT -> "The event's name must be a string or a number";
                        default -> "The event cannot be published: " + failure.reason();
                    });
        }
        return (Envelope) scanned;
    }

    /** A string that holds JSON is decoded, once; another one stays. */
    private static Json decoded(Json data) {
        return string(data).flatMap(ELEMENTS::value).orElse(data);
    }

    private static Optional<String> string(Json json) {
        return json.bytes()[json.offset()] == '"' ? JsonTree.read(json).map(JsonNode::textValue) : Optional.empty();
    }

    /** Whether JavaScript takes it for nothing: {@code null}, {@code false}, {@code 0}, {@code ""}. */
    private static boolean isFalsy(Json json) {
        return json.length() <= MAX_FALSY_BYTES
                && JsonTree.read(json).filter(JavaScript::isFalsy).isPresent();
    }

    private static void checkLimits(Publication event) {
        if (event.channels().size() > MAX_SIGNED_CHANNELS) {
            throw ApiRefusal.badRequest("More than " + MAX_SIGNED_CHANNELS + " channels; send several events");
        }
        if (event.event().eventName().length() > MAX_SIGNED_NAME) {
            throw ApiRefusal.badRequest("The event's name has more than " + MAX_SIGNED_NAME + " characters");
        }
    }

    /** Each channel has a copy of its own on its way to the sockets; what is too much there would be lost in silence. */
    private static void checkCopies(List<Publication> publications) {
        long bytes = publications.stream()
                .mapToLong(event ->
                        (long) event.channels().size() * event.event().data().length())
                .sum();
        if (bytes > MAX_COPIES_BYTES) {
            throw new ApiRefusal(
                    413,
                    "The data, once for each channel, has " + bytes + " bytes, more than " + MAX_COPIES_BYTES
                            + ". Name fewer channels at a time.");
        }
    }
}
