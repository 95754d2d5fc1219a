package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.fuzz.FuzzInput;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to the API: each is answered, with JSON; nothing is published without a key or a signature, and what is published
 * is sound.
 */
public final class HttpApiFuzz {
    private static final Set<String> STATUSES = Set.of("200", "400", "401", "403", "404", "413");

    private HttpApiFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        ApiFixture api = new ApiFixture();
        switch (input.below(4)) {
            case 0 -> checkPublished(api, api.post("/apps/les/events", input.textRest()));
            case 1 -> checkSigned(api, "/apps/3/events", input);
            case 2 -> checkSigned(api, "/apps/3/batch_events", input);
            default -> checkAnybody(api, input);
        }
    }

    private static void checkPublished(ApiFixture api, String answer) {
        checkAnswer(answer);
        assertThat(answer).doesNotStartWith("401");
        assertThat(api.published.isEmpty() || answer.startsWith("200")).isTrue();
        api.broadcasts.forEach(HttpApiFuzz::checkBroadcast);
    }

    private static void checkSigned(ApiFixture api, String path, FuzzInput input) {
        checkPublished(api, api.signed("POST", path, input.textRest()));
    }

    /** Without the key, which no fuzzer guesses. */
    private static void checkAnybody(ApiFixture api, FuzzInput input) {
        String method = input.textLine();
        String uri = input.textLine();
        Optional<String> authorization = Optional.of(input.textLine()).filter(header -> !header.isEmpty());
        String answer = api.ask(method, uri, authorization, input.textRest());
        checkAnswer(answer);
        assertThat(answer).doesNotStartWith("200");
        assertThat(api.published).isEmpty();
    }

    private static void checkAnswer(String answer) {
        if (answer.startsWith("allow ") || answer.equals("nothing")) {
            return;
        }
        String[] parts = answer.split(" ", 2);
        assertThat(STATUSES).contains(parts[0]);
        assertThat(JsonTree.read(Json.of(parts[1]))).isPresent();
    }

    private static void checkBroadcast(Broadcast broadcast) {
        String name = broadcast.channel().name();
        assertThat(Channel.isName(name)).isTrue();
        assertThat(InternalChannel.isInternal(name)).isFalse();
        assertThat(JsonTree.read(broadcast.event()).filter(JsonNode::isTextual)).isPresent();
        assertThat(new String(broadcast.data().bytes(), UTF_8)).isNotEmpty();
    }
}
