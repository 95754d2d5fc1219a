package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Packets of Socket.IO in sound frames of a WebSocket.
 *
 * @param protocol of Engine.IO
 */
record HostilePackets(Dice dice, int protocol) {
    private static final List<String> IDS = List.of("", "", "0", "7", "999999999999999", "000");
    private static final List<String> BAD_IDS = List.of("9999999999999999", "-1", "1.5", "1e3", "\u0661");
    private static final List<String> BAD_COUNTS =
            List.of("", "-", "0", "99-", "11-", "1", "-1-", "1--", "1.0-", "007-");
    private static final List<String> NAMESPACES = List.of(
            "/admin,", "/,", "/", "/__proto__,", "/" + "n".repeat(3000) + ",", "/a?b=c,", "/\\ud800,", "//,", "/ ,");
    private static final List<String> BROKEN = List.of(
            "4",
            "47",
            "4x",
            "42",
            "42[]",
            "42{}",
            "42\"x\"",
            "42[1",
            "42[\"x\"]]",
            "42[null]",
            "42[{}]",
            "42[\"connect\"]",
            "42[\"disconnect\"]",
            "42[\"\\u0063onnect_error\"]",
            "42[\"newListener\"]",
            "43[]",
            "43",
            "44{}",
            "44[\"x\"]",
            "45-[\"x\"]",
            "46-[]",
            "41",
            "41x",
            "40",
            "40x",
            "40[]",
            "40{\"a\":1}x",
            "42[\"x\",]",
            "42[,\"x\"]",
            "42['x']",
            "42[\"x\",NaN]",
            "42[\"x\",01]",
            "42/admin,[\"x\"]",
            "41/admin,",
            "42[\"x\"]\u0000",
            "451-[\"x\"]",
            "451-[\"x\",{\"_placeholder\":true,\"num\":9}]");

    /** The next one. */
    Input next() {
        if (dice.hits(82)) {
            return sound();
        }
        byte[] packet = switch (dice.below(6)) {
            case 0 -> bytes(dice.one(BROKEN));
            case 1 -> bytes("42" + dice.one(BAD_IDS) + "[\"x\"]");
            case 2 -> bytes("45" + dice.one(BAD_COUNTS) + "[\"x\",{\"_placeholder\":true,\"num\":0}]");
            case 3 -> bytes("42[\"x\"," + HostileJson.nested(60 + dice.below(10)) + "]");
            case 4 -> bytes("40" + dice.one(NAMESPACES) + HostileJson.any(dice));
            default -> new Damage(dice).of(bytes(event()));
        };
        return new Input(RawWebSocket.frame(RawWebSocket.TEXT, packet), true);
    }

    private static byte[] bytes(String packet) {
        return packet.getBytes(UTF_8);
    }

    private Input sound() {
        return switch (dice.below(6)) {
            case 0 -> text("43" + dice.below(1000) + "[" + HostileJson.any(dice) + "]");
            case 1 -> binary();
            case 2 -> text("40/" + dice.one(List.of("admin", "x", "__proto__")) + ",");
            default -> text(event());
        };
    }

    private String event() {
        String more = dice.hits(50) ? "" : "," + HostileJson.any(dice);
        return "42" + dice.one(IDS) + "[\""
                + dice.one(List.of("x", "", "toString", "__proto__", "subscribe", "client event")) + "\","
                + HostileJson.any(dice) + more + "]";
    }

    private static Input text(String packet) {
        return new Input(RawWebSocket.frame(RawWebSocket.TEXT, bytes(packet)), false);
    }

    /** An event with as many attachments as it says. */
    private Input binary() {
        int count = 1 + dice.below(10);
        StringBuilder arguments = new StringBuilder("\"x\"");
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            arguments
                    .append(",{\"_placeholder\":true,\"num\":")
                    .append(dice.hits(50) ? i : 0)
                    .append('}');
            byte[] content = dice.bytes(dice.below(200));
            byte[] attachment = protocol == 3 ? ("\4" + new String(content, ISO_8859_1)).getBytes(ISO_8859_1) : content;
            frames.writeBytes(RawWebSocket.frame(RawWebSocket.BINARY, attachment));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(RawWebSocket.frame(
                RawWebSocket.TEXT, bytes("45" + count + "-" + dice.one(IDS) + "[" + arguments + "]")));
        all.writeBytes(frames.toByteArray());
        return new Input(all.toByteArray(), false);
    }
}
