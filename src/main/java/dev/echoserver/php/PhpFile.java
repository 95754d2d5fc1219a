package dev.echoserver.php;

import dev.echoserver.php.PhpToken.Kind;
import java.util.List;

/** A file of PHP that returns an array, as far as it plainly says what is in it. Nothing is run. */
public final class PhpFile {
    /** Begins a text without quotes, whose words were taken for PHP. */
    private static final PhpToken LONG_TEXT = new PhpToken(Kind.UNKNOWN, "<<<");

    private final List<PhpToken> tokens;

    private PhpFile(List<PhpToken> tokens) {
        this.tokens = tokens;
    }

    /** Takes {@code code} apart. */
    public static PhpFile of(String code) {
        return new PhpFile(PhpTokens.of(code));
    }

    /** What stands under these keys, each inside the array of the one before. */
    public PhpSetting at(String... keys) {
        if (tokens.contains(LONG_TEXT)) {
            return PhpSetting.UNREADABLE;
        }
        int start = firstReturn();
        return isAlone(start) ? find(start + 1, List.of(keys)) : PhpSetting.UNREADABLE;
    }

    private int firstReturn() {
        int at = 0;
        while (at < tokens.size() && !tokens.get(at).isName("return")) {
            at++;
        }
        return at;
    }

    /** Whether {@code start} is a statement that always ends the file: outside of all brackets, with nothing around it. */
    private boolean isAlone(int start) {
        int depth = 0;
        for (PhpToken token : tokens.subList(0, start)) {
            depth += step(token);
        }
        boolean isStatement = start == 0 || is(start - 1, ";") || is(start - 1, "}");
        return depth == 0 && isStatement && end(start) + 1 >= tokens.size();
    }

    private PhpSetting find(int start, List<String> keys) {
        if (keys.isEmpty()) {
            return new PhpSetting(false, tokens.subList(start, end(start)));
        }
        int first = afterOpening(start);
        if (first == start || !isWhole(first)) {
            return PhpSetting.UNREADABLE;
        }
        PhpSetting found = PhpSetting.ABSENT;
        for (int at = first; at < tokens.size() && !tokens.get(at).closes(); at = end(at) + 1) {
            if (isKey(at) && tokens.get(at).text().equals(keys.get(0))) {
                found = find(at + 2, keys.subList(1, keys.size()));
            } else if (tokens.get(at).isSign("...") || hasComputedKey(at)) {
                found = PhpSetting.UNREADABLE;
            }
            if (end(at) < tokens.size() && tokens.get(end(at)).closes()) {
                break;
            }
        }
        return found;
    }

    /** Behind <code>[</code> or {@code array (}; {@code start} if there is neither. */
    private int afterOpening(int start) {
        if (is(start, "[")) {
            return start + 1;
        }
        boolean isCall = start < tokens.size() && tokens.get(start).isName("array") && is(start + 1, "(");
        return isCall ? start + 2 : start;
    }

    /** Whether nothing is done with the array that opens before {@code first}, such as adding another. */
    private boolean isWhole(int first) {
        int depth = 1;
        int at = first;
        for (; at < tokens.size() && depth > 0; at++) {
            depth += step(tokens.get(at));
        }
        return depth == 0 && (at == tokens.size() || tokens.get(at).ends());
    }

    private boolean isKey(int at) {
        return tokens.get(at).kind() == Kind.TEXT && is(at + 1, "=>");
    }

    /** Whether the element has a key, which may be any; an arrow function without a key is taken for one, too. */
    private boolean hasComputedKey(int start) {
        boolean isPlain = is(start + 1, "=>")
                && (tokens.get(start).kind() == Kind.TEXT || tokens.get(start).kind() == Kind.NUMBER);
        int depth = 0;
        int end = isPlain ? start : end(start);
        for (int at = start; at < end; at++) {
            if (depth == 0 && is(at, "=>")) {
                return true;
            }
            depth += step(tokens.get(at));
        }
        return false;
    }

    private static int step(PhpToken token) {
        return token.opens() ? 1 : token.closes() ? -1 : 0;
    }

    private boolean is(int at, String sign) {
        return at < tokens.size() && tokens.get(at).isSign(sign);
    }

    /** Where the element ends that starts at {@code start}. */
    private int end(int start) {
        int depth = 0;
        for (int at = start; at < tokens.size(); at++) {
            if (depth == 0 && tokens.get(at).ends()) {
                return at;
            }
            depth += step(tokens.get(at));
        }
        return tokens.size();
    }
}
