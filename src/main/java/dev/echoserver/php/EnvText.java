package dev.echoserver.php;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file {@code .env}, as Laravel reads it.
 *
 * <p>Known are {@code export}, comments, both kinds of quotes, values of several lines in quotes, escapes in double ones,
 * and <code>${NAME}</code> outside single ones for a variable of the process or of a line above. Where Laravel refuses the
 * whole file (blanks in a value without quotes, a quote that is not closed), the rest of the line is the value.
 *
 * <p>Source: vlucas/phpdotenv 5, {@code EntryParser}.
 */
public final class EnvText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern NAME =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?(['\"]?)([\\w.-]++)\\1[ \\t]*=[ \\t]*");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]++)}");

    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private int at;

    private EnvText(String text, Map<String, String> environment) {
        this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        this.environment = environment;
    }

    /**
     * The variables in it; of several with one name the last.
     *
     * @param environment the variables of the process, which win over those above in <code>${NAME}</code>
     */
    public static Map<String, String> parse(String text, Map<String, String> environment) {
        EnvText parser = new EnvText(text, environment);
        while (parser.at < parser.text.length()) {
            parser.line();
        }
        return parser.variables;
    }

    private void line() {
        Matcher name = NAME.matcher(text).region(at, endOfLine());
        if (name.lookingAt()) {
            at = name.end();
            variables.put(name.group(2), quoted().orElseGet(this::unquoted));
        }
        at = endOfLine() + 1;
    }

    private int endOfLine() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private String unquoted() {
        String line = text.substring(at, endOfLine());
        int comment = line.indexOf('#');
        String value = comment < 0 ? line : line.substring(0, comment);
        return REFERENCE
                .matcher(value.strip())
                .replaceAll(found -> Matcher.quoteReplacement(referred(found.group(), found.group(1))));
    }

    private String referred(String reference, String name) {
        return environment.getOrDefault(name, variables.getOrDefault(name, reference));
    }

    /** Empty if there is no quote here, or none that ends it. */
    private Optional<String> quoted() {
        char quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote != '"' && quote != '\'') {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        int next = at + 1;
        while (next < text.length() && text.charAt(next) != quote) {
            next = quote == '"' ? appendSpecial(value, next) : appendPlain(value, next);
        }
        if (next >= text.length()) {
            return Optional.empty();
        }
        at = next + 1;
        return Optional.of(value.toString());
    }

    private int appendPlain(StringBuilder value, int next) {
        value.append(text.charAt(next));
        return next + 1;
    }

    private int appendSpecial(StringBuilder value, int next) {
        if (text.charAt(next) == '\\' && next + 1 < text.length()) {
            value.append(escaped(text.charAt(next + 1)));
            return next + 2;
        }
        Matcher reference = REFERENCE.matcher(text).region(next, text.length());
        if (reference.lookingAt()) {
            value.append(referred(reference.group(), reference.group(1)));
            return reference.end();
        }
        return appendPlain(value, next);
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'f' -> "\f";
            case 'v' -> "\u000B";
            case '"', '\\', '$' -> Character.toString(letter);
            default -> "\\" + letter;
        };
    }
}
