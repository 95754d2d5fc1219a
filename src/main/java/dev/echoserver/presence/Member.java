package dev.echoserver.presence;

import dev.echoserver.json.Json;

/**
 * A user in a presence channel.
 *
 * @param userId what tells users apart: the text of {@code user_id}, so that {@code 1} and {@code "1"} are the same user
 * @param json as Laravel gave it, {@code {"user_id":…,"user_info":…}}; what clients get
 */
public record Member(String userId, Json json) {}
