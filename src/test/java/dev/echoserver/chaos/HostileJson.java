package dev.echoserver.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** JSON of every type, and where its types end. All of it is sound JSON, in ASCII. */
final class HostileJson {
    /** Values that are not nested deeply. */
    static final List<String> VALUES = values();

    private HostileJson() {}

    private static List<String> values() {
        List<String> flat = List.of(
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-1",
                "1e308",
                "1e-400",
                "1e999",
                "9007199254740993",
                "123456789012345678901234567890",
                "1" + "0".repeat(1100),
                "\"\"",
                "\"x\"",
                "\" \"",
                "\"" + "x".repeat(3000) + "\"",
                "\"\\u0000\"",
                "\"a\\r\\nb\"",
                "\"\\u001b[2J\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\ude00\"",
                "\"\\u202e\\u2028\\ufeff\"",
                "\"private-x\"",
                "\"private-\\ud800\"",
                "\"presence-x\"",
                "\"presence-\\ud83d\\ude00\"",
                "\"echo-server:peers\"",
                "\"PresenceChannelUpdated\"",
                "\"client-\\udfff\"",
                "\"__proto__\"",
                "[]",
                "[[]]",
                "[null,null]",
                "{}",
                "{\"__proto__\":{\"channel\":\"x\"}}",
                "{\"constructor\":{\"prototype\":1}}",
                "{\"_placeholder\":true,\"num\":0}",
                "{\"_placeholder\":true,\"num\":-1}",
                "{\"_placeholder\":true,\"num\":1e9}",
                "{\"channel\":\"a\",\"channel\":\"b\"}",
                "{\"\":{\"\":\"\"}}");
        List<String> all = new ArrayList<>(flat);
        Stream.of("null", "\"x\"", "[]", "{}", "1", "\"\\ud800\"")
                .forEach(value -> all.add("{\"channel\":" + value + "}"));
        return List.copyOf(all);
    }

    /** Arrays in arrays, {@code depth} of them. */
    static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** Any value; now and then an array or an object of several. */
    static String any(Dice dice) {
        return switch (dice.below(8)) {
            case 0 -> "[" + any(dice) + "," + any(dice) + "]";
            case 1 -> "{\"" + key(dice) + "\":" + any(dice) + ",\"" + key(dice) + "\":" + any(dice) + "}";
            case 2 -> nested(1 + dice.below(40));
            default -> dice.one(VALUES);
        };
    }

    /** The name of a field that somebody may look for. */
    private static String key(Dice dice) {
        return dice.one(List.of(
                "channel",
                "auth",
                "headers",
                "event",
                "data",
                "socket",
                "user_id",
                "user_info",
                "channel_data",
                "__proto__",
                "toString",
                "",
                "length",
                "\\ud800",
                "name",
                "X-A\\r\\nX-B"));
    }

    /** An object with those {@code fields}, of which one or two are missing, doubled or of any type. */
    static String object(Dice dice, List<String> fields) {
        List<String> broken = new ArrayList<>(fields);
        for (int faults = 1 + dice.below(2); faults > 0 && !broken.isEmpty(); faults--) {
            int at = dice.below(broken.size());
            String name = broken.get(at).substring(0, broken.get(at).indexOf(':'));
            switch (dice.below(4)) {
                case 0 -> broken.remove(at);
                case 1 -> broken.add(name + ":" + any(dice));
                default -> broken.set(at, name + ":" + any(dice));
            }
        }
        return "{" + String.join(",", broken) + "}";
    }
}
