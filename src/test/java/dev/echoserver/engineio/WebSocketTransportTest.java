package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.Outbox.Route;
import dev.echoserver.testing.StalledReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A WebSocket whose client does not read. */
final class WebSocketTransportTest {
    private static final Inbound INBOUND =
            new Inbound(new Inbound.Bounds(1000, 1 << 20, Duration.ofSeconds(45)), System::nanoTime);

    private final StalledReader reader = new StalledReader();
    private final EmbeddedChannel channel = new EmbeddedChannel(reader, new WebSocket13FrameEncoder(false));

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private WebSocketTransport transport(Route route) {
        WebSocketTransport transport = new WebSocketTransport(channel, Protocol.V4, route, INBOUND);
        channel.pipeline().addLast(transport);
        return transport;
    }

    private void ping(String content) {
        channel.writeInbound(Unpooled.buffer()
                .writeBytes(new byte[] {(byte) 0x89, (byte) (0x80 | content.length()), 0, 0, 0, 0})
                .writeBytes(content.getBytes(UTF_8)));
    }

    private static ByteBuf message(String text) {
        return Frames.packet(ByteBufAllocator.DEFAULT, PacketType.MESSAGE, text);
    }

    /** The contents of the frames that arrived. */
    private List<String> arrived() {
        List<String> contents = new ArrayList<>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            contents.add(Frames.readContent(frame).toString(UTF_8));
            frame.release();
        }
        return contents;
    }

    @Nested
    final class Pings {

        @Test
        void areAnsweredOnceWhileTheAnswerWaitsAndThenWithTheLatest() {
            WebSocketTransport transport = transport(Route.PLAIN);
            ping("first");
            long waiting = outbound().totalPendingWriteBytes();
            for (int i = 0; i < 1000; i++) {
                ping("flood " + i);
            }
            assertThat(outbound().totalPendingWriteBytes()).isEqualTo(waiting);
            assertThat(transport.isWaiting()).isTrue();

            reader.readOn(channel);
            assertThat(arrived()).containsExactly("first", "flood 999");

            ping("after");
            assertThat(arrived()).containsExactly("after");
        }

        @Test
        void areForgottenWithTheConnection() {
            transport(Route.PLAIN);
            ping("first");
            ping("second");

            channel.close().syncUninterruptibly();

            assertThat(arrived()).isEmpty();
        }

        @Test
        void areAnsweredBetweenCompressedFramesToo() {
            transport(Route.COMPRESSED);
            reader.readOn(channel);

            ping("still");

            assertThat(arrived()).containsExactly("still");
        }
    }

    @Nested
    final class AnIncompleteMessage {

        @Test
        void isForgottenWithTheConnection() {
            transport(Route.PLAIN);
            channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1, (byte) 0x81, 0, 0, 0, 0, '4', 0, (byte) 0x81}));

            channel.finishAndReleaseAll(); // What is not released is a leak, which ends the build.

            assertThat(channel.isActive()).isFalse();
        }
    }

    @Nested
    final class Progress {

        @ParameterizedTest
        @EnumSource
        void isNotWhatIsWrittenButWhatHasLeft(Route route) {
            WebSocketTransport transport = transport(route);
            assertThat(transport.send(message("one"))).isTrue();
            transport.flush();
            assertThat(transport.nanosWithoutProgress(1000)).isZero();

            assertThat(transport.send(message("two"))).isTrue();
            transport.flush();
            ping("three");
            assertThat(transport.nanosWithoutProgress(3000)).isEqualTo(2000);

            reader.readOn(channel);
            assertThat(transport.nanosWithoutProgress(4000)).isZero();
        }

        @Test
        void isPartOfAMessageToo() {
            WebSocketTransport transport = transport(Route.PLAIN);
            assertThat(transport.send(message("large"))).isTrue();
            assertThat(transport.nanosWithoutProgress(1000)).isZero();

            outbound().addFlush();
            outbound().progress(3);

            assertThat(transport.nanosWithoutProgress(2000)).isZero();
            assertThat(transport.nanosWithoutProgress(3000)).isEqualTo(1000);
        }
    }

    @Nested
    final class WhatWaitedForAPoll {

        @Test
        void movesOverWhole() {
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 200));
            WebSocketTransport successor = transport(Route.PLAIN);
            PollingTransport polling = new PollingTransport(PacketListener.NONE, 200, () -> {});
            List<String> sent =
                    IntStream.range(0, 20).mapToObj(Integer::toString).toList();
            sent.forEach(text -> assertThat(polling.send(message(text))).isTrue());

            polling.moveTo(successor);
            reader.readOn(channel);

            assertThat(arrived())
                    .isEqualTo(sent.stream().map(text -> "4" + text).toList());
        }
    }

    private ChannelOutboundBuffer outbound() {
        return Objects.requireNonNull(channel.unsafe().outboundBuffer());
    }
}
