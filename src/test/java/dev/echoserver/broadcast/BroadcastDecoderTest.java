package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.PrivateChannel;
import dev.echoserver.channel.PublicChannel;
import dev.echoserver.channel.SocketId;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BroadcastDecoderTest {
    private static final byte[] ENVELOPE = "{\"event\":\"e\",\"data\":{\"n\":1},\"socket\":\"1.2\"}".getBytes(UTF_8);
    private static final int MAX_BYTES = 1000;

    private final Drops drops = new Drops(() -> 0);
    private final BroadcastDecoder decoder = new BroadcastDecoder(MAX_BYTES, drops);

    @Test
    void makesABroadcastOfAnEnvelope() {
        Broadcast broadcast = decoder.decode("private-orders.1", ENVELOPE).orElseThrow();

        assertThat(broadcast.channel()).isEqualTo(new PrivateChannel("private-orders.1"));
        assertThat(broadcast.event()).hasToString("\"e\"");
        assertThat(broadcast.data()).hasToString("{\"n\":1}");
        assertThat(broadcast.except()).contains(new SocketId("1.2"));
    }

    @Test
    void typesTheChannel() {
        assertThat(decoder.decode("news", ENVELOPE).orElseThrow().channel()).isEqualTo(new PublicChannel("news"));
        assertThat(decoder.decode("presence-chat", ENVELOPE).orElseThrow().channel())
                .isEqualTo(new PresenceChannel("presence-chat"));
    }

    @Test
    void takesTheKeyPrefixOffOnce() {
        byte[] name = "app_app_h\u00e9".getBytes(UTF_8);

        assertThat(decoder.decode(name, 4, ENVELOPE).orElseThrow().channel())
                .isEqualTo(new PublicChannel("app_h\u00e9"));
    }

    @Test
    void readsEverythingThatARealLaravelPublished() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream file = getClass().getResourceAsStream("/wire/laravel-contract.json")) {
            JsonNode contract = mapper.readTree(file);
            assertThat(contract.get("published")).hasSizeGreaterThan(10);
            for (JsonNode published : contract.get("published")) {
                byte[] message = published.get("message").asText().getBytes(UTF_8);
                JsonNode expected = mapper.readTree(message);

                Broadcast broadcast = new BroadcastDecoder(1 << 20, drops)
                        .decode(
                                published.get("channel").asText().getBytes(UTF_8),
                                "laravel_database_".length(),
                                message)
                        .orElseThrow();

                assertThat(broadcast.channel().name()).doesNotContain("laravel_database_");
                assertThat(mapper.readTree(broadcast.event().toString())).isEqualTo(expected.get("event"));
                assertThat(broadcast.except().map(SocketId::value).orElse("null"))
                        .isEqualTo(expected.get("socket").asText());
                assertThat(new String(message, UTF_8))
                        .contains(broadcast.data().toString().replaceFirst("\"socket\":null}$", ""));
                assertThat(broadcast.data().toString()).doesNotContain("aBcD-1234_efGHijkLAAAA");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                           | EMPTY
            ` `                          | NOT_JSON
            hello                        | NOT_JSON
            {"data":1}                   | NO_EVENT
            {"event":"disconnect"}       | RESERVED_EVENT
            """)
    void dropsWhatIsNoEnvelopeAndCountsIt(String payload, DropReason reason) {
        assertThat(decoder.decode("orders", payload.getBytes(UTF_8))).isEmpty();
        assertThat(drops.count(reason)).isEqualTo(1);
    }

    @Test
    void dropsBytesThatAreNotUtf8() {
        assertThat(decoder.decode("orders", "{\"event\":\"\u00e9\"}".getBytes(ISO_8859_1)))
                .isEmpty();
        assertThat(drops.count(DropReason.INVALID_UTF8)).isEqualTo(1);
    }

    @Test
    void dropsWhatIsTooDeep() {
        BroadcastDecoder roomy = new BroadcastDecoder(10_000, drops);
        String data = "[".repeat(600) + "]".repeat(600);

        assertThat(roomy.decode("orders", ("{\"event\":\"e\",\"data\":" + data + "}").getBytes(UTF_8)))
                .isEmpty();
        assertThat(drops.count(DropReason.TOO_DEEP)).isEqualTo(1);
    }

    @Test
    void dropsWhatIsLargerThanTheLimitOnly() {
        String head = "{\"event\":\"e\",\"data\":\"";
        String fits = head + "x".repeat(MAX_BYTES - head.length() - 2) + "\"}";

        assertThat(decoder.decode("orders", fits.getBytes(UTF_8))).isPresent();
        assertThat(decoder.decode("orders", (fits + " ").getBytes(UTF_8))).isEmpty();
        assertThat(drops.count(DropReason.TOO_LARGE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000"})
    void dropsWhatIsForNoChannel(String channel) {
        assertThat(decoder.decode(channel, ENVELOPE)).isEmpty();
        assertThat(drops.count(DropReason.INVALID_CHANNEL)).isEqualTo(1);
    }

    @Test
    void dropsNamesThatAreNotUtf8OrTooLong() {
        assertThat(decoder.decode(new byte[] {'a', (byte) 0xff}, 0, ENVELOPE)).isEmpty();
        assertThat(decoder.decode("a\tb", ENVELOPE)).isEmpty();
        assertThat(drops.count(DropReason.INVALID_CHANNEL)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PresenceChannelUpdated", "echo-server:", "echo-server:whisper"})
    void neverRelaysWhatServersTellEachOther(String channel) {
        assertThat(decoder.decode(channel, ENVELOPE)).isEmpty();
        for (DropReason reason : DropReason.values()) {
            assertThat(drops.count(reason)).isZero();
        }
    }
}
