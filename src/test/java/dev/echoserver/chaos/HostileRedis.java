package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Matcher;

/** What anybody may publish on the Redis that the server listens to, under names of any kind. */
record HostileRedis(Dice dice) {
    private static final String PREFIX = ServerUnderFire.KEY_PREFIX;
    private static final List<String> NAMES = List.of(
            "",
            "good",
            "private-good",
            "presence-good",
            "x",
            "\0",
            "a\r\nb",
            "\u001b[2J",
            "\u00ff\u00fe",
            "\u00ed\u00a0\u0080",
            " ",
            "*",
            "[",
            "x".repeat(300),
            "x".repeat(70_000),
            "PresenceChannelUpdated",
            "private-",
            "presence-",
            "app_app_",
            "__proto__");
    private static final List<String> OF_SERVERS = List.of(
            "echo-server:peers",
            "echo-server:presence",
            "echo-server:census",
            "echo-server:counts",
            "echo-server:",
            "echo-server:later");
    private static final List<String> FIELDS = List.of("\"event\":\"odd\"", "\"data\":{\"a\":1}", "\"socket\":\"7.1\"");
    private static final List<String> EVENTS = List.of(
            "\"connect\"",
            "\"disconnect\"",
            "\"\\u0063onnect\"",
            "\"presence:leaving\"",
            "\"subscription_error\"",
            "\"\"",
            "\"client-x\"",
            "\"__proto__\"",
            "\"\\ud800\"",
            "\"\\u2028\\u0000\"");
    private static final int TOO_LARGE = 5 << 20;

    /** Something published. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Message(byte[] name, byte[] payload) {}

    /** The next one. */
    Message next() {
        boolean isOfServers = dice.hits(35);
        String name = PREFIX + (isOfServers ? dice.one(OF_SERVERS) : dice.one(NAMES));
        if (dice.hits(5)) {
            name = dice.one(List.of("app", "app", "ap_x", "APP_good", "\u00ffapp_good"));
        }
        byte[] payload = dice.below(2000) == 0 ? large() : (isOfServers ? ofServers() : envelope()).getBytes(UTF_8);
        return new Message(name.getBytes(ISO_8859_1), dice.hits(20) ? new Damage(dice).of(payload) : payload);
    }

    private byte[] large() {
        String start = dice.one(List.of("{\"event\":\"odd\",\"data\":\"", "[\"node\",\"good\",\"odd\",\"", "", "[[[["));
        return (start + "x".repeat(TOO_LARGE)).getBytes(UTF_8);
    }

    private String envelope() {
        return switch (dice.below(8)) {
            case 0 -> HostileJson.any(dice);
            case 1 -> "{\"event\":" + dice.one(EVENTS) + ",\"data\":" + HostileJson.any(dice) + "}";
            case 2 -> "{\"event\":\"odd\",\"data\":" + HostileJson.nested(500 + dice.below(30)) + "}";
            case 3 -> "{\"event\":\"odd\",\"data\":" + "[".repeat(dice.below(20_000));
            case 4 ->
                dice.one(List.of("", " ", "null", "O:8:\"stdClass\":0:{}", "*3\r\n$9\r\nsubscribe\r\n", "\ufeff{}"));
            default -> HostileJson.object(dice, FIELDS);
        };
    }

    /** In the form that servers write, or nearly so. */
    private String ofServers() {
        List<String> parts = switch (dice.below(4)) {
            case 0 -> List.of("\"forged\"", channel(), "\"odd\"", HostileJson.any(dice), "null");
            case 1 ->
                List.of(
                        dice.hits(50) ? "\"joining\"" : "\"leaving\"",
                        channel(),
                        "\"1.1\"",
                        dice.hits(80) ? Integer.toString(dice.below(1 << 30)) : "999999999999999999",
                        "{\"user_id\":" + HostileJson.any(dice) + ",\"user_info\":" + HostileJson.any(dice) + "}");
            case 2 -> List.of("\"forged\"", "1", HostileJson.any(dice), "true");
            default ->
                List.of("\"forged\"", "1", "[\"a\"]", "5", HostileJson.object(dice, List.of("\"good\":1", "\"x\":2")));
        };
        String message = "[" + String.join(",", parts) + "]";
        return dice.hits(40)
                ? message.replaceFirst("\"(forged|odd|1\\.1)\"", Matcher.quoteReplacement(HostileJson.any(dice)))
                : message;
    }

    private String channel() {
        return dice.hits(60)
                ? "\""
                        + dice.one(List.of(
                                "presence-x",
                                "good",
                                "presence-good",
                                "private-x",
                                "echo-server:peers",
                                "a\\u0000",
                                ""))
                        + "\""
                : HostileJson.any(dice);
    }
}
