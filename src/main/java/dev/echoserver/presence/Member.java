package dev.echoserver.presence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.util.Optional;

/**
 * A user in a presence channel.
 *
 * @param userId what tells users apart: the text of {@code user_id}, so that {@code 1} and {@code "1"} are the same user
 * @param json as Laravel gave it, {@code {"user_id":…,"user_info":…}}; what clients get
 */
public record Member(String userId, Json json) {

    /**
     * The member that {@code channelData} describes: {@code {"user_id": string|number, …}}. Empty if it is no object or
     * says of nobody who it is.
     */
    public static Optional<Member> of(Json channelData) {
        return JsonTree.read(channelData)
                .map(tree -> tree.path("user_id"))
                .filter(id -> id.isTextual() || id.isNumber())
                .map(id -> new Member(textOf(id), channelData));
    }

    /** A number without its decoration, so that {@code 1.0} is {@code 1}, as it is in PHP's and JavaScript's {@code ==}. */
    private static String textOf(JsonNode id) {
        boolean isWhole = id.isNumber() && id.canConvertToExactIntegral();
        return isWhole ? id.bigIntegerValue().toString() : id.asText();
    }
}
