package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one version of Laravel puts on Redis.
 *
 * <p>Source: {@code RedisBroadcaster} and {@code BroadcastEvent} of each version; the recorded messages are in
 * {@code src/test/resources/wire}.
 */
public enum LaravelVersion {
    /** Knows nothing of {@code socket}. */
    V5_1("5.1", false, false),
    /** {@code socket} beside the data. */
    V5_3("5.3", true, false),
    /** {@code socket} inside the data as well, as in all later ones. */
    V5_4("5.4", true, false),
    /** A script of its own publishes, and the channel misses the key prefix. */
    V6_11("6.11", true, true),
    /** The same with the key prefix; this message's data is {@code []}. */
    V6_13("6.13", true, true),
    /** A notification. */
    V13("13", true, true);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Escaped as PHP does it and unescaped as JSON_UNESCAPED_UNICODE and JSON_UNESCAPED_SLASHES make it. */
    private static final String DIFFICULT = "\"escaped\":\"abc\\u00e9\\u4e2d\\ud83d\\ude00\\u2028\\\"\\\\\\n\\/\","
            + "\"plain\":\"abcé中😀\u2028\\\"\\\\\\n/\","
            + "\"numbers\":[9007199254740993,12345678901234567890,-0.1,1.5e-9],\"nothing\":null,";

    private final String text;
    private final boolean knowsSocket;
    private final boolean isScript;

    LaravelVersion(String version, boolean knowsSocket, boolean isScript) {
        this.text = fixture(version);
        this.knowsSocket = knowsSocket;
        this.isScript = isScript;
    }

    /**
     * A message as published.
     *
     * @param payload as it is on Redis
     * @param event its name
     * @param data as browsers must get it, JSON
     */
    public record Message(String payload, String event, String data) {}

    /** Whether it can say who must not get a message. */
    public boolean knowsSocket() {
        return knowsSocket;
    }

    /** Whether it publishes with {@code EVAL} instead of {@code PUBLISH}. */
    boolean isScript() {
        return isScript;
    }

    /** The channel as it is on Redis. */
    String fullName(String prefix, String channel) {
        return this == V6_11 ? channel : prefix + channel;
    }

    /** The recorded message, numbered if its data has room for that, and with texts that are easily damaged. */
    public Message message(int number, Optional<String> socket) {
        String numbered = text.replaceFirst("\"data\":\\{", "\"data\":{\"seq\":" + number + ",@");
        String payload = numbered.replace("@", DIFFICULT);
        if (knowsSocket) {
            String recorded = "\"socket\":" + read(text).path("socket");
            payload = payload.replace(
                    recorded, "\"socket\":" + socket.map(id -> '"' + id + '"').orElse("null"));
        }
        JsonNode envelope = read(payload);
        if (envelope.path("data") instanceof ObjectNode data && data.has("socket")) {
            data.putNull("socket");
        }
        return new Message(
                payload, envelope.path("event").asText(), envelope.path("data").toString());
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fixture(String version) {
        try {
            return Files.readString(Path.of("src/test/resources/wire/laravel-" + version + ".json"), UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
