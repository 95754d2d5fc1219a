package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value of the file is where another kind is asked for. */
final class Coercion {
    private static final Set<String> TRUE = Set.of("true", "(true)", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "(false)", "0", "no", "off", "");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

    private static final Pattern BITS = Pattern.compile("\\d{1,10}");

    private Coercion() {}

    /** {@code value}; in JavaScript the text of a list with one element is the text of that. */
    static JsonNode scalar(JsonNode value, boolean isForJavaScript) {
        boolean isAlone = value.isArray() && value.size() == 1 && value.get(0).isValueNode();
        return isForJavaScript && isAlone ? value.get(0) : value;
    }

    /** A number as it would be written by hand: {@code 6001}, not {@code 6001.0}. */
    static String text(JsonNode value) {
        boolean isWhole = value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong();
        return isWhole ? Long.toString(value.longValue()) : value.asText();
    }

    /** True or false, also as text, with the words of people and of Laravel's {@code .env}. */
    static Optional<Boolean> flag(JsonNode value) {
        String text = value.asText().strip().toLowerCase(Locale.ROOT);
        boolean isKnown = value.isValueNode() && (TRUE.contains(text) || FALSE.contains(text));
        return isKnown ? Optional.of(TRUE.contains(text)) : Optional.empty();
    }

    /** A whole number, also as text. */
    static Optional<Integer> whole(JsonNode value) {
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt()) {
            return Optional.of(value.intValue());
        }
        return Optional.of(value.asText().strip())
                .filter(text -> value.isTextual() && WHOLE_NUMBER.matcher(text).matches())
                .map(Integer::valueOf);
    }

    /** A bit mask of 32 bits, also as text. */
    static Optional<Long> bits(JsonNode value) {
        return Optional.of(value.asText().strip())
                .filter(text -> BITS.matcher(text).matches())
                .map(Long::valueOf)
                .filter(bits -> bits >> 32 == 0);
    }

    /** What JavaScript's {@code if} makes of it. */
    static boolean isTruthy(JsonNode value) {
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return value.isContainerNode() || (value.isNumber() ? value.doubleValue() != 0 : value.asBoolean());
    }

    /** The whole number nearest to a number, or to a text that is one, but at most {@code max}. */
    static Optional<Integer> nearest(JsonNode value, int max) {
        try {
            double number = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
            return Double.isNaN(number) ? Optional.empty() : Optional.of((int) Math.min(max, Math.rint(number)));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
