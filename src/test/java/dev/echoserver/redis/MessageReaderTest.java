package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageReaderTest implements MessageListener {
    private static final int WORTH = 100_000;
    private static final String PATTERN = "app_*";
    private static final String SUBSCRIBED = "*3\r\n$10\r\npsubscribe\r\n$5\r\napp_*\r\n:1\r\n";
    private static final String PONG = "*2\r\n$4\r\npong\r\n$0\r\n\r\n";

    /** What came, in order: {@code name=payload}, {@code reply:bytes}, {@code |} at the end of a read. */
    private final List<String> came = new ArrayList<>();

    private final EmbeddedChannel channel = new EmbeddedChannel(new MessageReader(PATTERN, this));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Override
    public void message(byte[] channelName, byte[] payload) {
        takeReplies();
        came.add(new String(channelName, ISO_8859_1) + "=" + new String(payload, ISO_8859_1));
    }

    @Override
    public int worth(byte[] channelName) {
        return WORTH;
    }

    private static String message(String name, String payload) {
        return "*4\r\n$8\r\npmessage\r\n" + bulk(PATTERN) + bulk(name) + bulk(payload);
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private void read(String bytes) {
        ByteBuf buffer = Unpooled.copiedBuffer(bytes, ISO_8859_1);
        channel.writeInbound(buffer);
        takeReplies();
        assertThat(buffer.refCnt() == 0 || buffer.isReadable()).as("released").isTrue();
    }

    /** What passes on to Lettuce, in one string as long as no message comes between. */
    private void takeReplies() {
        for (ByteBuf passed = channel.readInbound(); passed != null; passed = channel.readInbound()) {
            String bytes = passed.toString(ISO_8859_1);
            int last = came.size() - 1;
            if (last >= 0 && came.get(last).startsWith("reply:")) {
                came.set(last, came.get(last) + bytes);
            } else {
                came.add("reply:" + bytes);
            }
            passed.release();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+OK\r\n",
                "-ERR unknown command 'x', with args beginning with: \r\n",
                ":42\r\n",
                "$-1\r\n",
                "*-1\r\n",
                "*0\r\n",
                "$8\r\npmessage\r\n",
                "*4\r\n$8\r\npmessage\r\n$5\r\nother\r\n$1\r\na\r\n$1\r\nb\r\n",
                "*4\r\n$8\r\npmessagE\r\n$5\r\napp_*\r\n$1\r\na\r\n$1\r\nb\r\n",
                "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$18\r\n*4\r\n$8\r\npmessage\r\n\r\n",
                "*2\r\n*2\r\n:1\r\n*1\r\n$-1\r\n$2\r\n\r\n\r\n",
                SUBSCRIBED,
                PONG
            })
    void tellsMessagesAndRepliesApartHoweverTheyAreCut(String reply) {
        String first = message("app_news", "{\"event\":\"e\"}");
        String second = message("", "");
        String third = message("app_\u00ff\u0000\r\n", "\r\n*4\r\n$8\r\npmessage\r\n\u0000\u00ff");
        String bytes = first + second + reply + third + reply;
        for (int cut = 0; cut <= bytes.length(); cut++) {
            for (int other = cut; other <= bytes.length(); other++) {
                came.clear();
                read(bytes.substring(0, cut));
                read(bytes.substring(cut, other));
                read(bytes.substring(other));

                assertThat(came)
                        .as("cut at %d and %d", cut, other)
                        .containsExactlyElementsOf(reply.isEmpty() ? messages() : messagesAnd(reply));
            }
        }
    }

    private static List<String> messages() {
        return List.of(
                "app_news={\"event\":\"e\"}", "=", "app_\u00ff\u0000\r\n=\r\n*4\r\n$8\r\npmessage\r\n\u0000\u00ff");
    }

    private static List<String> messagesAnd(String reply) {
        List<String> all = new ArrayList<>(messages());
        all.add(2, "reply:" + reply);
        all.add("reply:" + reply);
        return all;
    }

    @Test
    void readsByteByByte() {
        for (char each : (SUBSCRIBED + message("app_a", "1") + PONG + message("app_b", "2")).toCharArray()) {
            read(String.valueOf(each));
        }

        assertThat(came).containsExactly("reply:" + SUBSCRIBED, "app_a=1", "reply:" + PONG, "app_b=2");
    }

    @Test
    void keepsOfALongPayloadWhatItIsWorth() {
        String payload = "x".repeat(3 * WORTH);
        String bytes = message("app_long", payload) + message("app_next", "1");
        for (int from = 0; from < bytes.length(); from += 65_536) {
            read(bytes.substring(from, Math.min(bytes.length(), from + 65_536)));
        }

        assertThat(came).containsExactly("app_long=" + "x".repeat(WORTH), "app_next=1");
    }

    @Test
    void doesNotReserveMemoryForWhatAHeaderPromises() {
        read("*4\r\n$8\r\npmessage\r\n" + bulk(PATTERN) + bulk("app_huge") + "$536870912\r\nbeginning");

        assertThat(came).isEmpty();
    }

    @Test
    void cutsNamesThatAreTooLongForAChannel() {
        read(message("n".repeat(WORTH), "1"));

        assertThat(came).containsExactly("n".repeat(65_536) + "=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$-1\r\n",
                "$-2\r\n",
                "$\r\n",
                "$1x\r\n",
                "$99999999999\r\n",
                ":1\r\n",
                "$3\n123\r\n",
                "$3\rx",
                "%1\r\n"
            })
    void closesTheConnectionWhenItGetsAnOddMessage(String name) {
        assertThatExceptionOfType(CorruptedFrameException.class)
                .isThrownBy(() -> read("*4\r\n$8\r\npmessage\r\n" + bulk(PATTERN) + name));

        assertThat(channel.isOpen()).isFalse();
        assertThat(came).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {">4\r\n$8\r\npmessage\r\n", "HTTP/1.1 400 Bad Request\r\n", "\r\n", "$-3\r\n", "*x\r\n"})
    void closesTheConnectionWhenItIsNotRedisThatAnswers(String bytes) {
        assertThatExceptionOfType(CorruptedFrameException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining("not RESP 2");

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void tellsWhenEverythingThatHadComeWasRead() {
        List<String> reads = new ArrayList<>();
        EmbeddedChannel counted = new EmbeddedChannel(new MessageReader(PATTERN, new MessageListener() {
            @Override
            public void message(byte[] channelName, byte[] payload) {
                reads.add(new String(payload, ISO_8859_1));
            }

            @Override
            public int worth(byte[] channelName) {
                return WORTH;
            }

            @Override
            public void readComplete() {
                reads.add("|");
            }
        }));

        counted.writeInbound(Unpooled.copiedBuffer(message("a", "1") + message("a", "2") + "*4", ISO_8859_1));
        counted.writeInbound(Unpooled.copiedBuffer(message("a", "3").substring(2), ISO_8859_1));

        assertThat(reads).containsExactly("1", "2", "|", "3", "|");
        counted.finishAndReleaseAll();
    }
}
