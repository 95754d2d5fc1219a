package dev.echoserver.php;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of PHP, as text.
 *
 * @param text what it is where a text is asked for
 * @param isNull whether it is null, whose text is the empty one
 */
public record PhpValue(String text, boolean isNull) {
    static final PhpValue NULL = new PhpValue("", true);
    private static final Pattern QUOTED = Pattern.compile("(?s)(['\"])(.*)\\1");

    /** Whether {@code text} has lost bytes that were not UTF-8, which PHP would keep. */
    public static boolean isBroken(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    static PhpValue of(String text) {
        return new PhpValue(text, false);
    }

    /**
     * What {@code env()} makes of the variable {@code raw}.
     *
     * <p>Source: Illuminate\Support\Env#get.
     */
    public static PhpValue ofVariable(String raw) {
        Matcher quoted = QUOTED.matcher(raw);
        return switch (raw.toLowerCase(Locale.ROOT)) {
            case "true", "(true)" -> of("1");
            case "false", "(false)", "empty", "(empty)" -> of("");
            case "null", "(null)" -> NULL;
            default -> of(quoted.matches() ? quoted.group(2) : raw);
        };
    }

    /** Whether {@code if} takes the other way. */
    boolean isFalse() {
        return text.isEmpty() || text.equals("0");
    }

    PhpValue joined(PhpValue other) {
        return of(text + other.text);
    }
}
