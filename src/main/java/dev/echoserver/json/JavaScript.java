package dev.echoserver.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** What JavaScript makes of values where it takes them for something else. */
public final class JavaScript {
    private static final double PLAIN_BELOW = 1e21; // From here on JavaScript writes an exponent.
    private static final double PLAIN_FROM = 1e-6;

    private JavaScript() {}

    /**
     * The text that a string, a number or a boolean is taken for. Empty for what is no value of its own: arrays, objects,
     * {@code null}; and for numbers that are written with an exponent.
     */
    public static Optional<String> text(JsonNode value) {
        if (value.isNumber()) {
            return number(value);
        }
        return value.isTextual() || value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** A number without its decoration: {@code 1.0} is {@code 1}. Whole ones keep all their digits. */
    private static Optional<String> number(JsonNode number) {
        double size = Math.abs(number.doubleValue());
        if (size >= PLAIN_BELOW || (size > 0 && size < PLAIN_FROM)) {
            return Optional.empty();
        }
        return Optional.of(
                number.canConvertToExactIntegral()
                        ? number.bigIntegerValue().toString()
                        : new BigDecimal(number.asText()).stripTrailingZeros().toPlainString());
    }

    /** Whether it takes {@code value} for nothing: {@code null}, {@code false}, {@code 0}, {@code ""}, or none at all. */
    public static boolean isFalsy(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> true;
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            case STRING -> value.textValue().isEmpty();
            default -> false;
        };
    }
}
