package dev.echoserver.php;

import dev.echoserver.php.PhpToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes PHP apart into words; comments and blanks are left out. */
final class PhpTokens {
    private static final Pattern SKIPPED =
            Pattern.compile("\\s++|<\\?php\\b|\\?>|//[^\\n]*+|#(?!\\[)[^\\n]*+|/\\*(?s:.*?)\\*/");
    private static final Pattern NAME = Pattern.compile("\\\\?[A-Za-z_][\\w\\\\]*+(?:::\\w++)?");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\w.]*+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\w*+|<<<");
    private static final Pattern SIGN = Pattern.compile("(?s)=>|\\?\\?|\\?:|->|::|\\.\\.\\.|.");

    private final String code;
    private final List<PhpToken> tokens = new ArrayList<>();
    private int at;

    private PhpTokens(String code) {
        this.code = code;
    }

    static List<PhpToken> of(String code) {
        PhpTokens parser = new PhpTokens(code);
        while (parser.at < code.length()) {
            parser.next();
        }
        return parser.tokens;
    }

    private void next() {
        char first = code.charAt(at);
        if (first == '\'' || first == '"') {
            quoted(first);
        } else if (!skips()) {
            boolean isTaken = takes(NAME, Kind.NAME)
                    || takes(NUMBER, Kind.NUMBER)
                    || takes(VARIABLE, Kind.UNKNOWN)
                    || takes(SIGN, Kind.SIGN);
            assert isTaken : "code[" + at + "]: " + first + " (expected: a sign at least)";
        }
    }

    private boolean skips() {
        Matcher skipped = SKIPPED.matcher(code).region(at, code.length());
        boolean isFound = skipped.lookingAt();
        at = isFound ? skipped.end() : at;
        return isFound;
    }

    private boolean takes(Pattern pattern, Kind kind) {
        Matcher word = pattern.matcher(code).region(at, code.length());
        if (!word.lookingAt()) {
            return false;
        }
        tokens.add(new PhpToken(kind, word.group()));
        at = word.end();
        return true;
    }

    /** In single quotes only the quote and the backslash can be escaped; in double ones the same is read, and no more. */
    private void quoted(char quote) {
        StringBuilder text = new StringBuilder();
        Kind kind = Kind.TEXT;
        int next = at + 1;
        while (next < code.length() && code.charAt(next) != quote) {
            char letter = code.charAt(next);
            boolean isEscape = letter == '\\' && next + 1 < code.length();
            if (isEscape && isPlainEscape(quote, code.charAt(next + 1))) {
                letter = code.charAt(++next);
            } else if (quote == '"' && (isEscape || letter == '$')) {
                kind = Kind.UNKNOWN;
                next += isEscape ? 1 : 0;
            }
            text.append(letter);
            next++;
        }
        tokens.add(new PhpToken(kind, text.toString()));
        at = next + 1;
    }

    private static boolean isPlainEscape(char quote, char letter) {
        return letter == quote || letter == '\\' || (quote == '"' && letter == '$');
    }
}
