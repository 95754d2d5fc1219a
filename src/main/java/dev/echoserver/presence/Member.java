package dev.echoserver.presence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.JavaScript;
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
    private static final String NOBODY = "\u0000"; // No user's id.

    /**
     * The member that {@code channelData} describes: {@code {"user_id": string|number, …}}. Empty if it is no object or
     * says of nobody who it is.
     */
    public static Optional<Member> of(Json channelData) {
        return JsonTree.read(channelData)
                .map(tree -> tree.path("user_id"))
                .filter(id -> id.isTextual() || id.isNumber())
                .map(id -> new Member(identity(id), channelData));
    }

    /**
     * The member that laravel-echo-server takes {@code channelData} for: any object. Those without a {@code user_id}, and
     * those with {@code null}, are one user all together, {@code true} is user 1 and {@code false} user 0, as for
     * JavaScript's {@code ==}.
     *
     * <p>Source: laravel-echo-server 1.6.3, {@code presence-channel.ts#isMember}. Unlike there, such users are listed
     * once, too, however they are spelled.
     */
    public static Optional<Member> ofAny(Json channelData) {
        return JsonTree.read(channelData)
                .filter(JsonNode::isObject)
                .map(tree -> new Member(identity(tree.path("user_id")), channelData));
    }

    private static String identity(JsonNode id) {
        return switch (id.getNodeType()) {
            case MISSING, NULL -> NOBODY;
            case BOOLEAN -> id.booleanValue() ? "1" : "0";
            case STRING, NUMBER -> JavaScript.text(id).orElseGet(id::asText);
            default -> id.toString();
        };
    }
}
