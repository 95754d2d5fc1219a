package dev.echoserver.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a JSON text is laid out, so that what is added looks like what is there.
 *
 * @param line what a line starts with at this place: line break and indentation; empty if all is on one line
 * @param unit one step of indentation
 */
record Layout(String line, String unit) {
    private static final Pattern FIRST_KEY = Pattern.compile("\\{[ \\t]*(\\r?\\n)([ \\t]*)\"");
    private static final Pattern INDENTATION = Pattern.compile("(\\r?\\n)[ \\t]*$");

    /** That of the keys of the whole document. */
    static Layout ofDocument(String text) {
        Matcher first = FIRST_KEY.matcher(text);
        if (first.find()) {
            return new Layout(first.group(1) + first.group(2), first.group(2));
        }
        return text.contains("\"") ? new Layout("", "") : new Layout("\n\t", "\t");
    }

    /** That of what stands at {@code offset}: on a line of its own or behind something else. */
    static Layout of(String text, int offset) {
        Matcher indentation = INDENTATION.matcher(text.substring(0, offset));
        return indentation.find() ? new Layout(indentation.group(), ofDocument(text).unit) : new Layout("", "");
    }

    /** What stands between two elements, behind the comma. */
    String gap() {
        return line.isEmpty() ? " " : line;
    }

    String client(String appId, String key) {
        String id = "\"appId\": " + ClientsText.quoted(appId);
        String secret = "\"key\": " + ClientsText.quoted(key);
        return line.isEmpty()
                ? "{" + id + ", " + secret + "}"
                : "{" + line + unit + id + "," + line + unit + secret + line + "}";
    }

    String listOf(String appId, String key) {
        Layout inner = line.isEmpty() ? this : new Layout(line + unit, unit);
        return "[" + inner.line + inner.client(appId, key) + line + "]";
    }

    String member(String name, String value) {
        return (line.isEmpty() ? " " : line) + "\"" + name + "\": " + value;
    }

    /** What stands before the last brace of the document. */
    String close() {
        return line.isEmpty() ? "" : line.substring(0, line.length() - unit.length());
    }
}
