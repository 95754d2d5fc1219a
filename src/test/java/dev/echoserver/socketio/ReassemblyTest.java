package dev.echoserver.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.Inbound;
import dev.echoserver.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReassemblyTest {
    private static final Inbound INBOUND =
            new Inbound(new Inbound.Bounds(2, 1 << 20, Duration.ofSeconds(45)), System::nanoTime);
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};

    private static Reassembly of(int attachments, String... arguments) {
        List<Json> values = Stream.of(arguments).map(Json::of).toList();
        return new Reassembly(
                new Packet(PacketType.BINARY_EVENT, "/", OptionalLong.empty(), attachments, values),
                0,
                2,
                INBOUND.claim());
    }

    private static String placeholder(Object number) {
        return "{\"_placeholder\":true,\"num\":" + number + "}";
    }

    @Test
    void isCompleteWithTheLastAttachment() {
        Reassembly reassembly = of(2, placeholder(1), placeholder(0));

        assertThat(reassembly.add(FIRST)).isFalse();
        assertThat(reassembly.add(SECOND)).isTrue();
        assertThat(reassembly.attachments()).containsExactly(FIRST, SECOND);
        assertThat(reassembly.isValid()).isTrue();
    }

    @Test
    void hasRoomForAsManyBytesAsOneMessageMayHave() {
        Reassembly reassembly = of(3);
        assertThat(reassembly.fits(new byte[3])).isFalse();
        assertThat(reassembly.fits(new byte[2])).isTrue();

        assertThat(reassembly.add(FIRST)).isFalse();
        assertThat(reassembly.fits(new byte[2])).isFalse();
        assertThat(reassembly.add(SECOND)).isFalse();
        assertThat(reassembly.fits(new byte[1])).isFalse();
        assertThat(reassembly.fits(new byte[0])).isTrue();
    }

    @Test
    void countsAgainstWhatAllClientsMayHold() {
        Inbound inbound = new Inbound(new Inbound.Bounds(40_000, 50_000, Duration.ofSeconds(45)), System::nanoTime);
        Packet packet = new Packet(PacketType.BINARY_EVENT, "/", OptionalLong.empty(), 2, List.of());
        Reassembly first = new Reassembly(packet, 9000, 40_000, inbound.claim());
        assertThat(first.isAffordable(0)).isTrue();
        assertThat(first.isAffordable(20_000)).isTrue();
        assertThat(first.add(new byte[20_000])).isFalse();
        assertThat(inbound.heldBytes()).isEqualTo(29_000);

        Reassembly second = new Reassembly(packet, 9000, 40_000, inbound.claim());
        assertThat(second.isAffordable(12_001)).isFalse();
        assertThat(second.isAffordable(12_000)).isTrue();
        first.drop();
        second.drop();
        assertThat(inbound.heldBytes()).isZero();
    }

    @Test
    void findsPlaceholdersAtAnyDepth() {
        assertThat(complete("{\"a\":[{\"b\":" + placeholder(0) + "}]}").isValid())
                .isTrue();
        assertThat(complete("{\"a\":[{\"b\":" + placeholder(1) + "}]}").isValid())
                .isFalse();
    }

    @Test
    void allowsAnAttachmentThatNothingNames() {
        assertThat(complete("\"a\"").isValid()).isTrue();
    }

    @Test
    void takesForAPlaceholderOnlyWhatSaysSo() {
        assertThat(complete("{\"_placeholder\":false,\"num\":9}", "{\"_placeholder\":1}", "{\"num\":9}")
                        .isValid())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.5", "\"0\"", "null", "99999999999", "[0]"})
    void isInvalidWhereAPlaceholderStandsForNothing(String number) {
        assertThat(complete(placeholder(number)).isValid()).isFalse();
        assertThat(complete("\"a\"", placeholder(0), placeholder(number)).isValid())
                .isFalse();
    }

    @Test
    void isInvalidWhereAPlaceholderHasNoNumber() {
        assertThat(complete("{\"_placeholder\":true}").isValid()).isFalse();
    }

    private static Reassembly complete(String... arguments) {
        Reassembly reassembly = of(1, arguments);
        assertThat(reassembly.add(FIRST)).isTrue();
        return reassembly;
    }
}
