package dev.echoserver.presence;

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

    /** The member that Laravel's {@code channel_data} describes; empty if it has no {@code user_id}, a string or number. */
    public static Optional<Member> of(Json channelData) {
        return JsonTree.read(channelData)
                .map(data -> data.path("user_id"))
                .filter(id -> id.isTextual() || id.isNumber())
                .map(id -> new Member(id.asText(), channelData));
    }
}
