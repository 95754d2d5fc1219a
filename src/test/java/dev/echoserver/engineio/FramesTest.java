package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FramesTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final List<ByteBuf> made = new ArrayList<>();

    @AfterEach
    void release() {
        assertThat(made).allMatch(ByteBuf::release);
    }

    private ByteBuf keep(ByteBuf frames) {
        made.add(frames);
        return frames;
    }

    @Nested
    final class Header {
        @ParameterizedTest
        @CsvSource({
            "1,     81 01",
            "125,   81 7d",
            "126,   81 7e 00 7e",
            "65535, 81 7e ff ff",
            "65536, 81 7f 00 00 00 00 00 01 00 00"
        })
        void hasTheShortestLengthThatFits(int contentBytes, String expected) {
            ByteBuf frame = keep(Frames.packet(ALLOCATOR, PacketType.MESSAGE, "x".repeat(contentBytes - 1)));

            String header = expected.replace(" ", "");
            int headerBytes = header.length() / 2;
            assertThat(ByteBufUtil.hexDump(frame, 0, headerBytes)).isEqualTo(header);
            assertThat(frame.readableBytes()).isEqualTo(headerBytes + contentBytes);
        }

        @Test
        void countsBytesNotCharacters() {
            ByteBuf frame = keep(Frames.packet(ALLOCATOR, PacketType.MESSAGE, "é中😀"));

            assertThat(frame.getUnsignedByte(1)).isEqualTo((short) 10);
            assertThat(Frames.readContent(frame).toString(UTF_8)).isEqualTo("4é中😀");
        }

        @Test
        void marksBinaryData() {
            assertThat(hex(keep(Frames.binary(ALLOCATOR, Protocol.V3, new byte[] {1, 2}))))
                    .isEqualTo("8203040102");
            assertThat(hex(keep(Frames.binary(ALLOCATOR, Protocol.V4, new byte[] {1, 2}))))
                    .isEqualTo("82020102");
            assertThat(hex(keep(Frames.binary(ALLOCATOR, Protocol.V4, new byte[0]))))
                    .isEqualTo("8200");
        }
    }

    @Nested
    final class Base64 {
        @Test
        void isATextFrameWithTheMarkOfItsProtocol() {
            ByteBuf frames = keep(Frames.base64(ALLOCATOR, Protocol.V3, new byte[] {1, 2}));
            frames.writeBytes(keep(Frames.base64(ALLOCATOR, Protocol.V4, new byte[] {1, 2})));

            assertThat(contents(frames)).containsExactly("text b4AQI=", "text bAQI=");
        }
    }

    @Nested
    final class SeveralInOneBuffer {
        @Test
        void areReadBackOneByOne() {
            ByteBuf frames = keep(Frames.packet(ALLOCATOR, PacketType.PING, "probe"));
            for (int bytes : new int[] {124, 125, 65534, 65535}) {
                ByteBuf text = keep(Frames.beginText(ALLOCATOR, bytes));
                text.writeBytes("x".repeat(bytes).getBytes(UTF_8));
                frames.writeBytes(text);
            }
            frames.writeBytes(keep(Frames.binary(ALLOCATOR, Protocol.V4, "bytes".getBytes(UTF_8))));

            assertThat(contents(frames))
                    .containsExactly(
                            "text 2probe",
                            "text 4" + "x".repeat(124),
                            "text 4" + "x".repeat(125),
                            "text 4" + "x".repeat(65534),
                            "text 4" + "x".repeat(65535),
                            "binary bytes");
        }

        @Test
        void shareTheReferenceCountOfTheBuffer() {
            ByteBuf frames = keep(Frames.packet(ALLOCATOR, PacketType.MESSAGE, "a"));
            Frames.readContent(frames);

            assertThat(frames.refCnt()).isEqualTo(1);
            assertThat(frames.isReadable()).isFalse();
        }
    }

    private static List<String> contents(ByteBuf frames) {
        List<String> contents = new ArrayList<>();
        while (frames.isReadable()) {
            String kind = Frames.isText(frames) ? "text " : "binary ";
            contents.add(kind + Frames.readContent(frames).toString(UTF_8));
        }
        return contents;
    }

    private static String hex(ByteBuf frames) {
        return ByteBufUtil.hexDump(frames);
    }
}
