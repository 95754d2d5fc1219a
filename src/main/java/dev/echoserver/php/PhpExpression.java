package dev.echoserver.php;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The expressions that stand in configuration files: texts, {@code .}, {@code ??}, {@code ?:}, {@code env()},
 * {@code Str::slug()}, {@code Str::lower()}. The value is empty where there is more, because only PHP can tell it then.
 */
final class PhpExpression {
    /** What is longer is not taken for a prefix. It also bounds how deep brackets may go. */
    private static final int LONGEST = 200;

    private final List<PhpToken> tokens;
    private final Map<String, String> variables;
    private int at;

    private PhpExpression(List<PhpToken> tokens, Map<String, String> variables) {
        this.tokens = tokens;
        this.variables = variables;
    }

    static Optional<PhpValue> evaluate(List<PhpToken> tokens, Map<String, String> variables) {
        if (tokens.size() > LONGEST) {
            return Optional.empty();
        }
        PhpExpression expression = new PhpExpression(tokens, variables);
        Optional<PhpValue> value = expression.value();
        return expression.at == tokens.size() ? value : Optional.empty();
    }

    private Optional<PhpValue> value() {
        Optional<PhpValue> left = joined();
        if (takes("??")) {
            Optional<PhpValue> right = value();
            return left.flatMap(value -> value.isNull() ? right : left);
        }
        if (takes("?:")) {
            Optional<PhpValue> right = value();
            return left.flatMap(value -> value.isFalse() ? right : left);
        }
        return left;
    }

    private Optional<PhpValue> joined() {
        Optional<PhpValue> all = operand();
        while (takes(".")) {
            Optional<PhpValue> right = operand();
            all = all.flatMap(left -> right.map(left::joined));
        }
        return all;
    }

    private Optional<PhpValue> operand() {
        if (at == tokens.size()) {
            return Optional.empty();
        }
        PhpToken token = tokens.get(at++);
        return switch (token.kind()) {
            case TEXT ->
                Optional.of(token.text())
                        .filter(text -> !PhpValue.isBroken(text))
                        .map(PhpValue::of);
            case NUMBER ->
                Optional.of(token.text()).filter(PhpExpression::isPlainNumber).map(PhpValue::of);
            case NAME -> takes("(") ? call(token.text()) : constant(token.text());
            case SIGN -> token.isSign("(") ? inBrackets() : Optional.empty();
            case UNKNOWN -> Optional.empty();
        };
    }

    /** Whether PHP prints it as it is written: no other base, no fraction, and not too large for an integer. */
    private static boolean isPlainNumber(String number) {
        return number.matches("0|[1-9]\\d{0,17}");
    }

    private Optional<PhpValue> inBrackets() {
        if (at < tokens.size() && tokens.get(at).isName("string")) {
            at++;
            return takes(")") ? operand() : Optional.empty();
        }
        Optional<PhpValue> value = value();
        return takes(")") ? value : Optional.empty();
    }

    private static Optional<PhpValue> constant(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "null" -> Optional.of(PhpValue.NULL);
            case "true" -> Optional.of(PhpValue.of("1"));
            case "false" -> Optional.of(PhpValue.of(""));
            default -> Optional.empty();
        };
    }

    private Optional<PhpValue> call(String function) {
        List<Optional<PhpValue>> arguments = new ArrayList<>();
        while (at < tokens.size() && !tokens.get(at).closes()) {
            arguments.add(value());
            if (!takes(",")) {
                break;
            }
        }
        if (!takes(")") || arguments.isEmpty()) {
            return Optional.empty();
        }
        return switch (function.substring(function.lastIndexOf('\\') + 1)) {
            case "env", "Env::get" -> arguments.get(0).flatMap(name -> variable(name.text(), arguments));
            case "Str::slug", "str_slug" -> slug(arguments);
            case "Str::lower" ->
                arguments.get(0).map(value -> PhpValue.of(value.text().toLowerCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }

    private Optional<PhpValue> variable(String name, List<Optional<PhpValue>> arguments) {
        if (variables.containsKey(name)) {
            return Optional.of(variables.getOrDefault(name, ""))
                    .filter(raw -> !PhpValue.isBroken(raw))
                    .map(PhpValue::ofVariable);
        }
        return arguments.size() > 1 ? arguments.get(1) : Optional.of(PhpValue.NULL);
    }

    private static Optional<PhpValue> slug(List<Optional<PhpValue>> arguments) {
        Optional<String> separator = arguments.size() > 1 ? arguments.get(1).map(PhpValue::text) : Optional.of("-");
        return separator
                .filter(text -> (text.equals("-") || text.equals("_")) && arguments.size() <= 2)
                .flatMap(text -> arguments.get(0).map(title -> PhpValue.of(Slug.of(title.text(), text.charAt(0)))));
    }

    private boolean takes(String sign) {
        boolean isNext = at < tokens.size() && tokens.get(at).isSign(sign);
        at += isNext ? 1 : 0;
        return isNext;
    }
}
