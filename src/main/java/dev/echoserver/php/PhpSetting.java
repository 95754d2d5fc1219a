package dev.echoserver.php;

import dev.echoserver.php.PhpToken.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One setting in a {@link PhpFile}: an expression, or nothing. */
public final class PhpSetting {
    static final PhpSetting ABSENT = new PhpSetting(true, List.of());
    /** There may be one, which PHP alone can tell. */
    static final PhpSetting UNREADABLE = new PhpSetting(false, List.of());

    private final boolean isAbsent;
    private final List<PhpToken> tokens;

    PhpSetting(boolean isAbsent, List<PhpToken> tokens) {
        this.isAbsent = isAbsent;
        this.tokens = List.copyOf(tokens);
    }

    /** Whether there is none for sure. */
    public boolean isAbsent() {
        return isAbsent;
    }

    /** Whether its expression has {@code text} in quotes, such as the name of a variable. */
    public boolean mentions(String text) {
        return tokens.contains(new PhpToken(Kind.TEXT, text));
    }

    /**
     * What it is as text, null being the empty one; empty if only PHP can tell.
     *
     * @param variables what {@code env()} finds
     */
    public Optional<String> text(Map<String, String> variables) {
        return PhpExpression.evaluate(tokens, variables).map(PhpValue::text);
    }
}
