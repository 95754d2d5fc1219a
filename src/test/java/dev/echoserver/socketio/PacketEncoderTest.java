package dev.echoserver.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketEncoderTest {
    private static final List<byte[]> NO_ATTACHMENTS = List.of();

    /** The bytes of a frame, which is released. */
    private static byte[] bytes(ByteBuf frame) {
        byte[] bytes = ByteBufUtil.getBytes(frame);
        assertThat(frame.release()).isTrue();
        return bytes;
    }

    /** The content of a frame whose header has two bytes. */
    private static String content(ByteBuf frame) {
        byte[] bytes = bytes(frame);
        assertThat(bytes[0]).isEqualTo((byte) 0x81);
        assertThat((int) bytes[1]).isEqualTo(bytes.length - 2);
        return new String(bytes, 2, bytes.length - 2, UTF_8);
    }

    @Nested
    final class Control {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = '!',
                value = {
                    "CONNECT       ! /      ! ``            ! 0",
                    "CONNECT       ! /      ! {\"sid\":\"a\"} ! 0{\"sid\":\"a\"}",
                    "CONNECT       ! /admin ! ``            ! 0/admin",
                    "CONNECT       ! /admin ! {\"sid\":\"a\"} ! 0/admin,{\"sid\":\"a\"}",
                    "DISCONNECT    ! /      ! ``            ! 1",
                    "DISCONNECT    ! /admin ! ``            ! 1/admin",
                    "CONNECT_ERROR ! /      ! \"a\"         ! 4\"a\"",
                    "CONNECT_ERROR ! /admin ! \"a\"         ! 4/admin,\"a\""
                })
        void namesItsNamespaceUnlessItIsTheDefault(PacketType type, String namespace, String payload, String expected) {
            assertThat(PacketEncoder.control(type, namespace, payload)).isEqualTo(expected);
        }
    }

    @Nested
    final class Event {
        @Test
        void isAnArrayOfItsArguments() {
            assertThat(event("/", OptionalLong.empty(), "\"a\"", "{\"b\":\"é中😀\"}", "null"))
                    .isEqualTo("42[\"a\",{\"b\":\"é中😀\"},null]");
        }

        @Test
        void namesItsNamespaceAndItsId() {
            assertThat(event("/", OptionalLong.of(0), "\"a\"")).isEqualTo("420[\"a\"]");
            assertThat(event("/admin", OptionalLong.empty(), "\"a\"")).isEqualTo("42/admin,[\"a\"]");
            assertThat(event("/admin", OptionalLong.of(12), "\"a\"")).isEqualTo("42/admin,12[\"a\"]");
            assertThat(event("/é", OptionalLong.of(12), "\"a\"")).isEqualTo("42/é,12[\"a\"]");
        }

        @Test
        void takesSlicesOfLargerArrays() {
            byte[] envelope = "{\"event\":\"a\",\"data\":[1]}".getBytes(UTF_8);

            assertThat(content(PacketEncoder.event(List.of(new Json(envelope, 9, 3), new Json(envelope, 20, 3)))))
                    .isEqualTo("42[\"a\",[1]]");
        }

        @ParameterizedTest
        @ValueSource(ints = {118, 119, 120, 65_528, 65_529, 65_530, 200_000})
        void hasTheLengthThatItsHeaderSays(int dataLength) {
            String data = "\"" + "x".repeat(dataLength - 2) + "\"";
            ByteBuf frame = PacketEncoder.event(List.of(Json.of("\"\""), Json.of(data)));

            String content = "42[\"\"," + data + "]";
            int header = content.length() < 126 ? 2 : content.length() < 65_536 ? 4 : 10;
            byte[] bytes = bytes(frame);
            assertThat(bytes).hasSize(header + content.length());
            assertThat(new String(bytes, header, content.length(), UTF_8)).isEqualTo(content);
        }

        private String event(String namespace, OptionalLong id, String... arguments) {
            List<Json> values = List.of(arguments).stream().map(Json::of).toList();
            return content(PacketEncoder.packet(PacketType.EVENT, namespace, id, values, NO_ATTACHMENTS));
        }
    }

    @Nested
    final class Acknowledgement {
        @Test
        void mayBeEmpty() {
            assertThat(content(
                            PacketEncoder.packet(PacketType.ACK, "/", OptionalLong.of(3), List.of(), NO_ATTACHMENTS)))
                    .isEqualTo("433[]");
        }
    }

    @Nested
    final class Attachments {
        private final List<byte[]> two = List.of(new byte[] {1}, new byte[] {2});
        private final List<Json> arguments = List.of(Json.of("\"a\""));

        @Test
        void areCountedInABinaryPacket() {
            assertThat(content(PacketEncoder.packet(PacketType.EVENT, "/", OptionalLong.empty(), arguments, two)))
                    .isEqualTo("452-[\"a\"]");
            assertThat(content(PacketEncoder.packet(PacketType.ACK, "/admin", OptionalLong.of(7), arguments, two)))
                    .isEqualTo("462-/admin,7[\"a\"]");
        }
    }
}
