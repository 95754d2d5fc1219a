package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What is posted to a session on polling.
 *
 * @param link brings it
 * @param protocol of Engine.IO
 */
record HostilePayloads(Dice dice, PollingLink link, int protocol) {
    private static final List<String> TYPES = List.of(
            "text/plain;charset=UTF-8",
            "text/plain",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "application/json",
            "text/plain; charset=utf-16",
            "",
            "\u00ff");
    private static final List<String> LENGTHS = List.of(
            "0",
            "1",
            "-1",
            "00000000005",
            "999999999",
            "9999999999",
            "2147483647",
            "4294967296",
            "1e3",
            " 5",
            "\uff15",
            "");

    /** The next one. */
    Input next() {
        if (dice.hits(85)) {
            return new Input(link.post(more(), "text/plain;charset=UTF-8", bytes(packets())), false);
        }
        byte[] body = dice.hits(50) ? new Damage(dice).of(bytes(packets())) : broken();
        return new Input(link.post(more(), dice.one(TYPES), body), true);
    }

    /** Parameters that mean nothing here. */
    private String more() {
        return dice.one(List.of("", "", "&t=N7x", "&b64=1", "&x=%zz", "&__proto__=1", "&t=" + "y".repeat(800)));
    }

    private static byte[] bytes(String payload) {
        return payload.getBytes(UTF_8);
    }

    private String packets() {
        StringBuilder payload = new StringBuilder();
        for (int count = 1 + dice.below(20); count > 0; count--) {
            String packet = dice.one(List.of(
                    "42[\"x\"]",
                    "42[\"x\",\"\u00e9\u20ac\ud83d\ude00\"]",
                    protocol == 3 ? "2" : "3",
                    protocol == 3 ? "2probe" : "3",
                    "42[\"subscribe\",null]",
                    "42[\"" + "y".repeat(dice.below(300)) + "\"]"));
            payload.append(protocol == 3 ? packet.length() + ":" + packet : packet + (count > 1 ? "\u001e" : ""));
        }
        return payload.toString();
    }

    private byte[] broken() {
        return switch (dice.below(9)) {
            case 0 -> bytes(dice.one(LENGTHS) + ":42[\"x\"]");
            case 1 -> bytes("\u001e".repeat(1 + dice.below(3000)));
            case 2 -> bytes("b" + dice.one(List.of("", "=", "A", "AAAA", "!!!!", "AAA", "4AAA", "\u00e9")));
            case 3 -> bytes("7:b4" + dice.one(List.of("AAAAA", "=====", "\u00e9AAAA")));
            case 4 ->
                ("\0" + (char) dice.below(12) + (char) dice.below(12) + "\u00ff" + "42[\"x\"]").getBytes(ISO_8859_1);
            case 5 -> ("\1" + "\7".repeat(dice.below(14)) + "\u00ff" + "\4abc").getBytes(ISO_8859_1);
            case 6 -> bytes("d=" + dice.one(List.of("", "%zz", "42%5B%22x%22%5D", "7%3A42%5B%22x%22%5D", "\\n\\\\n")));
            case 7 ->
                bytes(dice.one(List.of("", "x", "1", "1:1", "9", "1:9", "0{}", "6", "1:6", "5", "1:5", "4", "1:4")));
            default -> dice.hits(10) ? bytes("4" + "y".repeat((1 << 20) + dice.below(5))) : dice.bytes(dice.below(300));
        };
    }
}
