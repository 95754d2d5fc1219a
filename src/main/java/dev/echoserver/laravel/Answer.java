package dev.echoserver.laravel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.util.Optional;

/**
 * What the body of an answer with status 200 means. Its content type means nothing: Laravel sends JSON as
 * {@code text/html}.
 *
 * <p>For a private channel every body grants, as in laravel-echo-server. Unlike laravel-echo-server, {@code false},
 * {@code null}, {@code 0} and {@code ""} do not, and a presence channel needs a member.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#serverRequest}; Laravel 5.3 to 13,
 * {@code RedisBroadcaster#validAuthenticationResponse} and {@code PusherBroadcaster}.
 */
final class Answer {
    private static final int FORBIDDEN = 403;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Answer() {}

    static Outcome of(Channel channel, String body) {
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        Optional<JsonNode> json = JsonTree.read(Json.of(text)).filter(node -> !node.isMissingNode());
        if (json.filter(Answer::isNegative).isPresent()) {
            return new Outcome.Refused(Trouble.NEGATIVE, FORBIDDEN);
        }
        return channel instanceof PresenceChannel
                ? presence(text)
                : new Outcome.Granted(
                        Optional.empty(), json.isPresent() ? Optional.empty() : Optional.of(Trouble.NOT_JSON));
    }

    private static Outcome presence(String text) {
        Optional<Json> member = ChannelData.in(text);
        return member.isPresent()
                ? new Outcome.Granted(member, Optional.empty())
                : new Outcome.Refused(Trouble.NO_MEMBER, FORBIDDEN);
    }

    private static boolean isNegative(JsonNode json) {
        return json.isNull()
                || (json.isBoolean() && !json.booleanValue())
                || (json.isNumber() && json.doubleValue() == 0)
                || (json.isTextual() && json.textValue().isEmpty());
    }
}
