package dev.echoserver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment variables: those of the process, and below them those of {@code .env} files. Empty ones do not count. */
public final class Variables {
    /** No variables at all. */
    public static final Variables NONE = new Variables(List.of());

    /** What Laravel's {@code env()} takes for null or for an empty text, in any case, also in quotation marks. */
    private static final Pattern NOTHING =
            Pattern.compile("([\"']?)(null|\\(null\\)|empty|\\(empty\\)|)\\1", Pattern.CASE_INSENSITIVE);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");

    private final List<Layer> layers;

    private Variables(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** These variables, and where they do not say anything {@code values}, found in {@code file}. */
    public Variables over(String file, Map<String, String> values) {
        return over(new Layer(" in " + file, Map.copyOf(values)));
    }

    /** The variables of the process. */
    public static Variables of(Map<String, String> environment) {
        return NONE.over(new Layer("", Map.copyOf(environment)));
    }

    private Variables over(Layer weakest) {
        List<Layer> all = new ArrayList<>(List.of(weakest));
        all.addAll(layers);
        return new Variables(all);
    }

    /** Whether {@code text}, as Laravel's {@code .env} has it, stands for no value: {@code null}, {@code (empty)} … */
    public static boolean isNothing(String text) {
        return NOTHING.matcher(text).matches();
    }

    /** The value of {@code name}, as it stands. */
    public Optional<String> value(String name) {
        return layers.stream().flatMap(layer -> layer.value(name).stream()).reduce((weak, strong) -> strong);
    }

    /** {@code text} with each <code>${NAME}</code> replaced; the names without value are handed to {@code unset}. */
    String expand(String text, Consumer<String> unset) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            Optional<String> value = value(reference.group(1));
            if (value.isEmpty()) {
                unset.accept(reference.group(1));
            }
            return Matcher.quoteReplacement(
                    value.filter(known -> !isNothing(known)).orElse(""));
        });
    }

    /** Weakest first. */
    List<Layer> layers() {
        return layers;
    }

    /**
     * Variables of one origin.
     *
     * @param place what to write behind a name in messages, possibly empty
     * @param values by name
     */
    record Layer(String place, Map<String, String> values) {
        Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
        }
    }
}
