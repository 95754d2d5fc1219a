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
        for (int start = 0; start < tokens.size(); start++) {
            if (tokens.get(start).isName("return")) {
                return find(start + 1, List.of(keys));
            }
        }
        return PhpSetting.UNREADABLE;
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
            } else if (tokens.get(at).isSign("...")) {
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
            depth += tokens.get(at).opens() ? 1 : tokens.get(at).closes() ? -1 : 0;
        }
        return depth == 0 && (at == tokens.size() || tokens.get(at).ends());
    }

    private boolean isKey(int at) {
        return tokens.get(at).kind() == Kind.TEXT && is(at + 1, "=>");
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
            depth += tokens.get(at).opens() ? 1 : tokens.get(at).closes() ? -1 : 0;
        }
        return tokens.size();
    }
}
