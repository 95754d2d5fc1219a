package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Finds the same in what is strange, damaged or hostile as a widely used parser.
 *
 * <p>But for {@link JacksonEnvelopes#HALF_PAIR}, over which the parser is stricter than anybody else.
 */
final class EnvelopeOracleTest {
    /** What documents are made of: whole tokens and pieces of them, sound and not; bytes as Latin 1. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            " ",
            "\n",
            "\t",
            "\r",
            "\"",
            "\\",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0080",
            "\"event\"",
            "\"data\"",
            "\"socket\"",
            "\"\\u0065vent\"",
            "\"d\\u0061ta\"",
            "\"s\\u006fcket\"",
            "\"e\"",
            "\"connect\"",
            "\"\\u0063onnect\"",
            "\"App\\\\Events\\\\E\"",
            "\"7.1\"",
            "\"7\\u002e1\"",
            "\"7.2\"",
            "\"\"",
            "\"event\":\"e\"",
            "\"data\":{",
            "\"socket\":\"7.1\"",
            "null",
            "true",
            "false",
            "nul",
            "nulll",
            "True",
            "0",
            "-0",
            "01",
            "-",
            "1.",
            ".5",
            "1.5",
            "1e5",
            "1E+5",
            "1e-",
            "1e",
            "+1",
            "-1",
            "1.5e300",
            "NaN",
            "0x1",
            "12345678901234567890",
            "\\n",
            "\\/",
            "\\u00e9",
            "\\ud800",
            "\\ud83d\\ude00",
            "\\u12g4",
            "\\x",
            "\\u12",
            "\u00c3\u00a9",
            "\u00e2\u0082\u00ac",
            "\u00f0\u009f\u0098\u0080",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00e0\u0080\u0080",
            "\u00e2\u0082",
            "\u00ff",
            "\u00ef\u00bb\u00bf",
            "abcdefg",
            "abcdefgh",
            "abcdefghijklmnopqrstuvwxyz",
            "/*c*/",
            "//",
            "'",
            "[[",
            "]]",
            "{\"a\":1}",
            "[1,2]");

    private final Random random = new Random(20_261_120);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "-0.0",
                "0e0",
                "0E-0",
                "1e5",
                "1E+05",
                "01",
                "-01",
                "1.",
                "1.e5",
                "-",
                "--1",
                "1e",
                "1e+",
                "1e1.5",
                "+1",
                ".5",
                "0.",
                "00",
                "0x10",
                "Infinity",
                "-Infinity",
                "NaN",
                "1_000",
                "1 2",
                "1,",
                ",1",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{:1}",
                "{\"a\":1:2}",
                "{a:1}",
                "[1}",
                "{\"a\":1]",
                "[\"a\":1]",
                "tru",
                "truee",
                "True",
                "nul",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\u00\"",
                "\"\\u\"",
                "\"\\U0041\"",
                "\"\\a\"",
                "\"\\\"",
                "\"\t\"",
                "\"\u0000\"",
                "\"\u007f\"",
                "'a'",
                "\"\\u0000\"",
                "\"\\'\"",
                "\u00a0 1",
                "\ufeff1",
                "1\f",
                "[]]",
                "[[]",
                "{}}",
                "/**/1",
                "1//",
                "#1",
                "\"a",
                "{\"\":1}",
                "{\"a\\\"\":1}",
                "{\"\\u0061\":{},\"a\":[]}",
                "\"\u2028\ud83d\ude00\"",
                "true\"a\"",
                "{\"socket\":\"7.1\",\"socket\":null}",
                "{\"socket\":\"7.1\",\"socket\":\"7.2\"}",
                "{\"socket\":\"7.2\",\"socket\":\"7.1\"}",
                "{\"x\":{\"socket\":\"7.1\"}}",
                "{\"\\u0073ocket\":\"7.1\"}"
            })
    void readsEachCornerOfJsonAlike(String data) {
        for (String shape : new String[] {
            "{\"event\":\"e\",\"data\":%s,\"socket\":\"7.1\"}",
            "{\"event\":\"e\",\"data\":{\"socket\":\"7.1\"},\"data\":%s,\"socket\":\"7.1\"}",
            "{\"event\":\"e\",\"x\":[{\"y\":%s}]}",
            "{\"data\":%s",
            "%s"
        }) {
            expectTheSame(shape.replace("%s", data).getBytes(UTF_8));
        }
    }

    @Test
    void readsWhatIsBuiltFromAnyPiecesAlike() {
        for (int round = 0; round < 60_000; round++) {
            StringBuilder document = new StringBuilder("{\"event\":\"e\",\"data\":");
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                document.append(any(PIECES));
            }
            String end = random.nextBoolean() ? "}" : ",\"socket\":\"7.1\"}";
            expectTheSame(document.append(end).toString().getBytes(ISO_8859_1));
        }
    }

    @Test
    void readsSoundDocumentsAlikeAndDamagedOnesToo() {
        for (int round = 0; round < 30_000; round++) {
            byte[] sound = document();
            expectTheSame(sound);
            expectTheSame(Arrays.copyOf(sound, random.nextInt(sound.length)));
            expectTheSame(mutant(sound));
        }
    }

    @Test
    void measuresStringsOfEachLengthAtEachPlaceAlike() {
        for (int before = 0; before < 9; before++) {
            for (int length = 0; length < 40; length++) {
                for (String odd : new String[] {"\"", "\\n", "\u001f", "\u007f", "\u0080", "\u00e9", " ", "!", "#"}) {
                    String text = "x".repeat(length) + odd + "x".repeat(8);
                    expectTheSame((" ".repeat(before) + "{\"event\":\"" + text + "\"}").getBytes(UTF_8));
                }
            }
        }
    }

    @Test
    void stopsAtTheSameDepth() {
        for (int depth = EnvelopeScanner.MAX_DEPTH - 2; depth < EnvelopeScanner.MAX_DEPTH + 2; depth++) {
            for (String open : new String[] {"[", "{\"a\":", "[{\"a\":"}) {
                expectTheSame(("{\"event\":\"e\",\"data\":" + open.repeat(depth) + "]").getBytes(UTF_8));
                expectTheSame(
                        ("{\"event\":\"e\",\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8));
            }
        }
    }

    private static void expectTheSame(byte[] payload) {
        String found = JacksonEnvelopes.inWords(EnvelopeScanner.scan(payload));
        String expected = JacksonEnvelopes.read(payload);
        if (!found.equals(expected)
                && !expected.equals(
                        JacksonEnvelopes.HALF_PAIR)) { // So many descriptions would take longer than the test.
            assertThat(found).as(new String(payload, ISO_8859_1)).isEqualTo(expected);
        }
    }

    private byte[] document() {
        String data = value(4);
        String socket = any(List.of("null", "\"7.1\"", "\"7\\u002e1\"", "\"x\"", "5"));
        String event =
                any(List.of("\"e\"", "\"App\\\\Events\\\\E\"", "\"\\u0063onnect\"", "\"\"", "5", "{}", "\"h\u00e9\""));
        return any(List.of(
                        "{\"event\":%1$s,\"data\":%2$s,\"socket\":%3$s}",
                        "{\"socket\":%3$s,\"data\":%2$s,\"event\":%1$s}",
                        " { \"data\" : %2$s , \"d\\u0061ta\" : %2$s,\n\"event\" :\t%1$s, \"socket\": %3$s } ",
                        "{\"event\":%1$s,\"socket\":%3$s,\"data\":{\"socket\":%3$s,\"x\":%2$s}}"))
                .formatted(event, data, socket)
                .getBytes(UTF_8);
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> any(List.of("null", "true", "false", "0", "-1.5e-9", "9007199254740993", "1E400", "-0"));
            case 1 -> "\"" + "x".repeat(random.nextInt(30)) + "\"";
            case 2 ->
                "\""
                        + any(List.of("h\u00e9llo", "\\/", "\\ud83d\\ude00", "\ud83d\ude00", "\\\"", "\\\\"))
                                .repeat(3) + "\"";
            case 3 -> any(List.of("{}", "[]", "{ }", "[ ]", "\"\""));
            case 4 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            default -> "{\"socket\":" + any(List.of("\"7.1\"", "null")) + ",\"b\": " + value(depth - 1) + "}";
        };
    }

    private byte[] mutant(byte[] sound) {
        ByteArrayOutputStream mutant = new ByteArrayOutputStream();
        int from = random.nextInt(sound.length);
        mutant.write(sound, 0, from);
        mutant.writeBytes(any(PIECES).getBytes(ISO_8859_1));
        int to = Math.min(sound.length, from + random.nextInt(3));
        mutant.write(sound, to, sound.length - to);
        return mutant.toByteArray();
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
