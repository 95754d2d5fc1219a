package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The three events of laravel-echo, in sound packets, with what they should not carry. */
record HostileEvents(Dice dice, int protocol) {
    /** How deep JSON may be nested. */
    private static final int MAX_DEPTH = 64;

    private static final List<String> NAMES = List.of("subscribe", "unsubscribe", "client event");

    /** Each place that an event has; {@code %} is what is put there. */
    private static final List<String> PLACES = List.of(
            "%",
            "{\"channel\":%}",
            "{\"channel\":\"x\",\"channel\":%}",
            "{\"channel\":\"private-x\",\"auth\":%}",
            "{\"channel\":\"private-x\",\"auth\":{\"headers\":%}}",
            "{\"channel\":\"private-x\",\"auth\":{\"headers\":{\"X-A\":%}}}",
            "{\"channel\":\"private-x\",\"event\":%,\"data\":1}",
            "{\"channel\":\"private-x\",\"event\":\"client-x\",\"data\":%}",
            "{\"channel\":%,\"event\":\"client-x\",\"data\":1}",
            "{\"__proto__\":%,\"channel\":\"presence-x\"}");

    /** Every value in every place of every event, with and without a wish for an answer, as text and with attachments. */
    static List<Input> all(int protocol) {
        List<Input> inputs = new ArrayList<>();
        for (String name : NAMES) {
            inputs.add(text("42[\"" + name + "\"]", false));
            inputs.add(text("42[\"" + name + "\",{}]", false));
            for (String place : PLACES) {
                for (String value : HostileJson.VALUES) {
                    addAll(inputs, name, place.replace("%", value), protocol);
                    addAll(inputs, name, quoted(place.replace("%", value)), protocol);
                }
                inputs.add(deep(name, place, MAX_DEPTH - 1, false));
                inputs.add(deep(name, place, MAX_DEPTH, false));
                inputs.add(deep(name, place, MAX_DEPTH + 1, true));
            }
        }
        return inputs;
    }

    private static void addAll(List<Input> inputs, String name, String argument, int protocol) {
        inputs.add(text("42[\"" + name + "\"," + argument + "]", false));
        inputs.add(text("427[\"" + name + "\"," + argument + "]", false));
        if (!argument.contains("_placeholder")) {
            inputs.add(new Input(binary(name, argument, protocol), false));
        }
    }

    /** As a string that holds it: whispers may come so. */
    private static String quoted(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Input deep(String name, String place, int depth, boolean mayEnd) {
        long around = 1 + place.chars().filter(c -> c == '{').count();
        return text(
                "42[\"" + name + "\"," + place.replace("%", HostileJson.nested(depth - (int) around)) + "]", mayEnd);
    }

    private static byte[] binary(String name, String argument, int protocol) {
        byte[] attachment = protocol == 3 ? new byte[] {4, 1, 2} : new byte[] {1, 2};
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(text("451-[\"" + name + "\"," + argument + ",{\"_placeholder\":true,\"num\":0}]", false)
                .bytes());
        frames.writeBytes(RawWebSocket.frame(RawWebSocket.BINARY, attachment));
        return frames.toByteArray();
    }

    private static Input text(String packet, boolean mayEnd) {
        return new Input(RawWebSocket.frame(RawWebSocket.TEXT, packet.getBytes(UTF_8)), mayEnd);
    }

    /** The next one. */
    Input next() {
        String name = dice.one(NAMES);
        String argument = dice.hits(50)
                ? HostileJson.object(
                        dice,
                        List.of(
                                "\"channel\":" + channel(),
                                "\"auth\":{\"headers\":{\"X-A\":" + HostileJson.any(dice) + "}}",
                                "\"event\":\"client-x\"",
                                "\"data\":" + HostileJson.any(dice)))
                : dice.one(PLACES).replace("%", HostileJson.any(dice));
        boolean isBinary = dice.hits(10) && !argument.contains("_placeholder");
        if (isBinary) {
            return new Input(binary(name, argument, protocol), false);
        }
        return text(
                "42" + (dice.hits(20) ? "5" : "") + "[\"" + name + "\"," + (dice.hits(20) ? quoted(argument) : argument)
                        + "]",
                false);
    }

    private String channel() {
        return "\"" + dice.one(List.of("", "private-", "presence-", "laravel_database_private-", "echo-server:")) + "h"
                + dice.below(50) + "\"";
    }
}
