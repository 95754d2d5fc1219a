package dev.echoserver.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.engineio.Inbound;
import dev.echoserver.fuzz.FuzzInput;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Socket.IO packets, with their attachments behind them: what is read is valid, is the same when it is written and read
 * again, and no placeholder stands for an attachment that is not there.
 */
public final class PacketFuzz {
    private static final JsonElements JSON = new JsonElements(64);
    private static final JsonFactory STRICT = new JsonFactory();
    private static final int MAX_ATTACHED_BYTES = 64;
    private static final Inbound INBOUND = new Inbound(
            new Inbound.Bounds(MAX_ATTACHED_BYTES, Long.MAX_VALUE, Duration.ofSeconds(45)), System::nanoTime);

    private PacketFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        PacketDecoder.decode(JSON, input.textLine()).ifPresent(packet -> {
            checkArguments(packet);
            checkRoundTrip(packet);
            if (packet.attachments() > 0) {
                checkReassembly(packet, input);
            }
        });
    }

    private static void checkArguments(Packet packet) {
        packet.arguments().forEach(PacketFuzz::readThrough);
        assertThat(packet.attachments()).isBetween(0, packet.type().isBinary() ? 10 : 0);
        if (packet.type() == PacketType.EVENT || packet.type() == PacketType.BINARY_EVENT) {
            assertThat(EventName.of(packet.arguments().get(0))).isPresent();
        }
    }

    private static void readThrough(Json json) {
        try (JsonParser parser = STRICT.createParser(json.toString())) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        } catch (IOException e) {
            throw new UncheckedIOException(json.toString(), e);
        }
    }

    private static void checkRoundTrip(Packet packet) {
        String written = switch (packet.type()) {
            case CONNECT, DISCONNECT ->
                PacketEncoder.control(packet.type(), packet.namespace(), firstOf(packet.arguments()));
            default -> written(packet);
        };
        assertThat(PacketDecoder.decode(JSON, written).map(PacketFuzz::inWords)).contains(inWords(packet));
    }

    private static String firstOf(List<Json> arguments) {
        return arguments.isEmpty() ? "" : arguments.get(0).toString();
    }

    private static String written(Packet packet) {
        List<byte[]> attachments = new ArrayList<>();
        for (int i = 0; i < packet.attachments(); i++) {
            attachments.add(new byte[1]);
        }
        ByteBuf frame = PacketEncoder.packet(
                simple(packet.type()), packet.namespace(), packet.id(), packet.arguments(), attachments);
        try {
            String text = frame.toString(UTF_8); // The head of the frame, and the 4 of Engine.IO, come first.
            return text.substring(text.indexOf('4', headerCharacters(frame)) + 1);
        } finally {
            frame.release();
        }
    }

    private static int headerCharacters(ByteBuf frame) {
        int length = frame.getUnsignedByte(frame.readerIndex() + 1);
        return frame.toString(frame.readerIndex(), length < 126 ? 2 : length == 126 ? 4 : 10, UTF_8)
                .length();
    }

    private static PacketType simple(PacketType type) {
        return switch (type) {
            case BINARY_EVENT -> PacketType.EVENT;
            case BINARY_ACK -> PacketType.ACK;
            default -> type;
        };
    }

    /** Without an id where it means nothing and is not written. */
    private static String inWords(Packet packet) {
        OptionalLong id = isControl(packet.type()) ? OptionalLong.empty() : packet.id();
        return simple(packet.type()) + " " + packet.namespace() + " " + id + " " + packet.attachments() + " "
                + packet.arguments();
    }

    private static boolean isControl(PacketType type) {
        return type == PacketType.CONNECT || type == PacketType.DISCONNECT;
    }

    private static void checkReassembly(Packet packet, FuzzInput input) {
        Reassembly reassembly = new Reassembly(packet, 0, MAX_ATTACHED_BYTES, INBOUND.claim());
        boolean isComplete = false;
        while (!isComplete) {
            byte[] attachment = input.line();
            if (!reassembly.fits(attachment)) {
                return;
            }
            isComplete = reassembly.add(attachment);
        }
        assertThat(reassembly.attachments()).hasSize(packet.attachments());
        assertThat(reassembly.attachments().stream()
                        .mapToInt(bytes -> bytes.length)
                        .sum())
                .isLessThanOrEqualTo(MAX_ATTACHED_BYTES);
        boolean isValid = packet.arguments().stream()
                .allMatch(argument -> JsonTree.read(argument)
                        .filter(tree -> tree.findParents("_placeholder").stream()
                                .allMatch(place -> standsForOne(place, packet.attachments())))
                        .isPresent());
        assertThat(isValid || !reassembly.isValid()).isTrue();
    }

    private static boolean standsForOne(JsonNode place, int attachments) {
        boolean isOne = place.get("_placeholder").isBoolean()
                && place.get("_placeholder").booleanValue();
        int number = place.path("num").asInt(-1);
        return !isOne || (number >= 0 && number < attachments);
    }
}
