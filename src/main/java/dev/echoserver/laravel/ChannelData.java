package dev.echoserver.laravel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import java.io.IOException;
import java.util.Optional;

/**
 * The member in an answer for a presence channel: {@code {"channel_data": {"user_id": string|number, …}}}.
 *
 * <p>Laravel's redis broadcaster gives an object, its Pusher one a string that holds that object as JSON. Either way the
 * object stays as Laravel spelled it.
 */
final class ChannelData {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonElements SHALLOW = new JsonElements(64);

    private ChannelData() {}

    /** The member that {@code answer} names; empty if it names none. */
    static Optional<Json> in(String answer) {
        try (JsonParser parser = JSON.createParser(answer)) {
            return field(parser, answer).filter(SHALLOW::isObject).map(Json::of).filter(ChannelData::hasUserId);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** The text of {@code channel_data}; as elsewhere, the last of several counts. */
    private static Optional<String> field(JsonParser parser, String answer) throws IOException {
        Optional<String> data = Optional.empty();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return data;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isWanted = parser.currentName().equals("channel_data");
            parser.nextToken();
            if (isWanted) {
                data = Optional.of(value(parser, answer));
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    private static String value(JsonParser parser, String answer) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText().strip();
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return answer.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private static boolean hasUserId(Json data) {
        Optional<JsonNode> id = JsonTree.read(data).map(tree -> tree.path("user_id"));
        return id.filter(node -> node.isTextual() || node.isNumber()).isPresent();
    }
}
