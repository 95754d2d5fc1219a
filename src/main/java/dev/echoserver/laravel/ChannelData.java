package dev.echoserver.laravel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import java.util.Optional;

/**
 * The member in an answer for a presence channel: {@code {"channel_data": {"user_id": string|number, …}}}. Whether
 * the member needs an id is decided where it joins.
 *
 * <p>Laravel's redis broadcaster gives an object, its Pusher one a string that holds that object as JSON. Either way the
 * object stays as Laravel spelled it.
 */
final class ChannelData {
    private static final JsonElements JSON = new JsonElements(64);

    private ChannelData() {}

    /** The member that {@code answer} names; empty if it names none. */
    static Optional<Json> in(String answer) {
        return JSON.fields(answer)
                .flatMap(fields -> Optional.ofNullable(fields.get("channel_data")))
                .flatMap(ChannelData::object);
    }

    private static Optional<Json> object(Json data) {
        String text = JsonTree.read(data)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElseGet(data::toString)
                .strip();
        return JSON.fields(text).map(fields -> Json.of(text));
    }
}
