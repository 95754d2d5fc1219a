package dev.echoserver.php;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Laravel's {@code Str::ascii}, language "en": Cyrillic, Greek, Arabic and others in Latin letters, € as EUR. What
 * it does not know, such as Chinese and ½, is left out.
 *
 * <p>Source: voku/portable-ascii 2, {@code ASCII::to_ascii}. Its facts are in {@code ascii.txt}, which
 * {@code src/test/php/ascii.php} makes. Three characters that stand for one replacement go first, then two, then one; each
 * is replaced wherever it stands, in the order in which they come.
 */
final class AsciiText {
    private static final int LONGEST = 3;
    private static final int LAST_PRINTED = 0x7e;

    private final Map<String, String> replacements;
    private final int[] foreign;
    private String text;

    private AsciiText(String text, int[] foreign) {
        this.text = text;
        this.foreign = foreign;
        this.replacements = replacements();
    }

    /** {@code text} without anything that is not ASCII. */
    static String of(String text) {
        int[] foreign =
                text.codePoints().filter(character -> character > LAST_PRINTED).toArray();
        return foreign.length == 0 ? text : new AsciiText(text, foreign).replaced();
    }

    private String replaced() {
        for (int length = LONGEST; length > 0; length--) {
            for (int start = 0; start + length <= foreign.length; start++) {
                String key = new String(foreign, start, length);
                text = text.replace(key, replacements.getOrDefault(key, key));
            }
        }
        return text.codePoints()
                .filter(character -> character <= LAST_PRINTED)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Map<String, String> replacements() {
        try (var file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AsciiText.class.getResourceAsStream("ascii.txt")), US_ASCII))) {
            Map<String, String> all = new HashMap<>();
            file.lines().forEach(line -> {
                int tab = line.indexOf('\t');
                for (String points : line.substring(tab + 1).split(" ", -1)) {
                    all.put(textOf(points), line.substring(0, tab));
                }
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOf(String points) {
        return Arrays.stream(points.split("\\+", -1))
                .map(point -> Character.toString(Integer.parseInt(point, 16)))
                .collect(Collectors.joining());
    }
}
