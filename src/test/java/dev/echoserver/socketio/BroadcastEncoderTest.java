package dev.echoserver.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BroadcastEncoderTest {
    private final BroadcastEncoder encoder = new BroadcastEncoder();

    private static String content(ByteBuf frame) {
        String content = frame.toString(2, frame.readableBytes() - 2, UTF_8);
        assertThat(frame.release()).isTrue();
        return content;
    }

    @Test
    void writesTheEventThenTheChannelThenTheData() {
        ByteBuf frame = encoder.encode(
                Channel.of("private-orders.1"), Json.of("\"App\\\\Events\\\\Shipped\""), Json.of("{\"id\":1.0}"));

        assertThat(content(frame)).isEqualTo("42[\"App\\\\Events\\\\Shipped\",\"private-orders.1\",{\"id\":1.0}]");
    }

    @Test
    void escapesTheChannel() {
        assertThat(content(encoder.encode(Channel.of("a\"\\é😀"), Json.of("\"e\""), Json.NULL)))
                .isEqualTo("42[\"e\",\"a\\\"\\\\é😀\",null]");
    }

    @Test
    void writesForOlderClientsTheChannelAsTheEvent() {
        assertThat(encoder.encodeChannelEvent(Channel.of("orders"), Json.of("[1]"))
                        .map(BroadcastEncoderTest::content))
                .contains("42[\"orders\",[1]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void writesNothingForOlderClientsThatTheyWouldTakeForTheirOwn(String channel) {
        assertThat(encoder.encodeChannelEvent(Channel.of(channel), Json.NULL)).isEmpty();
    }
}
