package dev.echoserver.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the demo page asks to publish: {@code {"channel": string, "event": string, "data": any}}.
 *
 * @param event a JSON string
 */
record DemoEvent(Channel channel, Json event, Json data) {
    private static final int MAX_EVENT_LENGTH = 200;
    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads {@code body}, which stays the caller's. {@code data} may be missing and is {@code null} then.
     *
     * @throws IllegalArgumentException with a text for the user, if the body is not such an event
     */
    static DemoEvent parse(ByteBuf body) {
        JsonNode root = read(body);
        String channel = text(root, "channel");
        if (!Channel.isName(channel)) {
            throw new IllegalArgumentException(
                    "channel: not a channel name (expected: a text without control characters)");
        }
        String event = text(root, "event");
        if (event.isEmpty() || event.length() > MAX_EVENT_LENGTH) {
            throw new IllegalArgumentException("event: (expected: 1 to " + MAX_EVENT_LENGTH + " characters)");
        }
        JsonNode data = root.path("data");
        return new DemoEvent(
                Channel.of(channel), Json.string(event), data.isMissingNode() ? Json.NULL : Json.of(data.toString()));
    }

    private static JsonNode read(ByteBuf body) {
        try (InputStream in = new ByteBufInputStream(body.duplicate())) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("body: not JSON (expected: an object)", e);
        }
    }

    private static String text(JsonNode root, String name) {
        JsonNode value = root.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": missing (expected: a string)");
        }
        return value.textValue();
    }
}
