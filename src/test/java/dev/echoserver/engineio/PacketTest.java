package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketTest {

    @Nested
    final class Text {
        @ParameterizedTest
        @CsvSource({"0,OPEN", "1,CLOSE", "2,PING", "3,PONG", "4,MESSAGE", "5,UPGRADE", "6,NOOP"})
        void hasItsTypeInItsFirstDigit(String encoded, PacketType type) {
            assertThat(Packet.ofText(Protocol.V3, encoded)).contains(new Packet.Text(type, ""));
            assertThat(Packet.ofText(Protocol.V4, encoded)).contains(new Packet.Text(type, ""));
        }

        @Test
        void hasWhateverFollowsAsItsData() {
            assertThat(Packet.ofText(Protocol.V4, "2probe")).contains(new Packet.Text(PacketType.PING, "probe"));
            assertThat(Packet.ofText(Protocol.V4, "44b4\u001e😀"))
                    .contains(new Packet.Text(PacketType.MESSAGE, "4b4\u001e😀"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "7", "9", "/", ":", "a4", " 4", "-1", "\u0664", "\u0004"})
        void isNothingWithoutAType(String encoded) {
            assertThat(Packet.ofText(Protocol.V3, encoded)).isEmpty();
            assertThat(Packet.ofText(Protocol.V4, encoded)).isEmpty();
        }
    }

    @Nested
    final class Base64 {
        @Test
        void isMarkedByB4InProtocol3AndByBInProtocol4() {
            assertThat(Packet.ofText(Protocol.V3, "b4AQID")).hasValueSatisfying(PacketTest::isOneTwoThree);
            assertThat(Packet.ofText(Protocol.V4, "bAQID")).hasValueSatisfying(PacketTest::isOneTwoThree);
        }

        @Test
        void mayBeEmpty() {
            assertThat(Packet.ofText(Protocol.V3, "b4")).map(PacketTest::bytes).hasValue(new byte[0]);
            assertThat(Packet.ofText(Protocol.V4, "b")).map(PacketTest::bytes).hasValue(new byte[0]);
        }

        @ParameterizedTest
        @ValueSource(strings = {"b4A", "b4AQI!", "b4AQ=D", "b4é", "b4 ", "b4AQID\n"})
        void isNothingIfMalformed(String encoded) {
            assertThat(Packet.ofText(Protocol.V3, encoded)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"b", "b0AQID", "b2", "bAQID"})
        void isNothingInProtocol3UnlessItIsAMessage(String encoded) {
            assertThat(Packet.ofText(Protocol.V3, encoded)).isEmpty();
        }
    }

    @Nested
    final class Bytes {
        @Test
        void areTypedInProtocol3() {
            assertThat(Packet.ofBinary(Protocol.V3, new byte[] {4, 1, 2, 3}))
                    .hasValueSatisfying(PacketTest::isOneTwoThree);
        }

        @Test
        void areNothingButDataInProtocol4() {
            assertThat(Packet.ofBinary(Protocol.V4, new byte[] {1, 2, 3}))
                    .hasValueSatisfying(PacketTest::isOneTwoThree);
            assertThat(Packet.ofBinary(Protocol.V4, new byte[0])).isPresent();
        }

        @ParameterizedTest
        @ValueSource(bytes = {0, 1, 2, 3, 5, 6, 7, '4', -1})
        void areNothingInProtocol3UnlessTheyAreAMessage(byte type) {
            assertThat(Packet.ofBinary(Protocol.V3, new byte[] {type, 1})).isEmpty();
        }

        @Test
        void areNothingInProtocol3WithoutAType() {
            assertThat(Packet.ofBinary(Protocol.V3, new byte[0])).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(Protocol.class)
        void areAMessage(Protocol protocol) {
            Optional<Packet> packet = Packet.ofBinary(protocol, new byte[] {4});
            assertThat(packet).map(Packet::type).hasValue(PacketType.MESSAGE);
        }
    }

    private static void isOneTwoThree(Packet packet) {
        assertThat(bytes(packet)).containsExactly(1, 2, 3);
    }

    private static byte[] bytes(Packet packet) {
        return ((Packet.Binary) packet).data();
    }
}
