package dev.echoserver.config;

import java.util.Map;
import java.util.regex.Pattern;

/** Refuses what cannot be sent as a header: laravel-echo-server starts with it, and then fails at each answer. */
final class HeaderText {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern NO_VALUE = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private HeaderText() {}

    /** {@code headers}. */
    static Map<String, String> map(Section root, Findings findings) {
        Map<String, String> headers = root.textMap("headers");
        headers.forEach((name, value) -> {
            String path = root.pathOf("headers") + "." + name;
            if (!NAME.matcher(name).matches()) {
                findings.problem(path, "is no name of a header", "Write letters, digits and hyphens");
            }
            check(path, value, findings);
        });
        return headers;
    }

    /** The value of one header. */
    static String joined(Section section, String key, Findings findings) {
        String value = section.joined(key);
        check(section.pathOf(key), value, findings);
        return value;
    }

    private static void check(String path, String value, Findings findings) {
        if (NO_VALUE.matcher(value).find()) {
            findings.problem(
                    path,
                    "has a line break or another control character, which no header may have",
                    "Write the value on one line");
        }
    }
}
