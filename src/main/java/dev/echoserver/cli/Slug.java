package dev.echoserver.cli;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Laravel's {@code Str::slug}, with which it builds the default Redis prefix from {@code APP_NAME}.
 *
 * <p>Source: Illuminate\Support\Str#slug, language "en". Letters outside the Latin script, which Laravel
 * transliterates, are left out here.
 */
final class Slug {
    /** What Unicode does not take apart into a letter and a mark. */
    private static final Map<String, String> LIGATURES = Map.ofEntries(
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("œ", "oe"),
            Map.entry("ø", "o"),
            Map.entry("ł", "l"),
            Map.entry("đ", "d"),
            Map.entry("ð", "d"),
            Map.entry("þ", "th"),
            Map.entry("ı", "i"));

    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7F]+");

    private Slug() {}

    /** {@code text} in lower-case ASCII, its words joined by {@code separator}, which is {@code -} or {@code _}. */
    static String of(String text, char separator) {
        char other = separator == '-' ? '_' : '-';
        String words = ascii(text)
                .replace(other, separator)
                .replace("@", separator + "at" + separator)
                .replaceAll("[^" + separator + "a-z0-9\\s]+", "")
                .replaceAll("[" + separator + "\\s]+", Character.toString(separator));
        return words.replaceAll("^" + separator + "|" + separator + "$", "");
    }

    private static String ascii(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> ligature : LIGATURES.entrySet()) {
            lower = lower.replace(ligature.getKey(), ligature.getValue());
        }
        return NOT_ASCII
                .matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                .replaceAll("");
    }
}
