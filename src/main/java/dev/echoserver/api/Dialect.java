package dev.echoserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whose words an answer is given in. */
enum Dialect {
    /** To a request with a bare key. */
    LARAVEL_ECHO_SERVER,
    /** To a signed request. */
    PUSHER;

    static Dialect of(ApiRequest request) {
        return request.isSigned() ? PUSHER : LARAVEL_ECHO_SERVER;
    }

    /** The answer if all is well and there is nothing to say. */
    String done() {
        return this == PUSHER ? "{}" : "{\"message\":\"ok\"}";
    }

    ApiAnswer refusal(ApiRefusal refusal) {
        String json = error(refusal.status(), refusal.text());
        return refusal.retryAfterSeconds() > 0
                ? new ApiAnswer.TooMany(json, refusal.retryAfterSeconds())
                : new ApiAnswer.Result(refusal.status(), json);
    }

    private String error(int status, String text) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("error", text);
        if (this == PUSHER) {
            error.put("code", status);
        }
        return error.toString();
    }
}
