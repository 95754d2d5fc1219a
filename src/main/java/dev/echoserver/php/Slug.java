package dev.echoserver.php;

import java.util.Locale;

/**
 * Laravel's {@code Str::slug}, with which it builds the default Redis prefix from {@code APP_NAME}.
 *
 * <p>Source: Illuminate\Support\Str#slug, language "en", the same in Laravel 8 to 13.
 */
public final class Slug {
    private Slug() {}

    /** {@code text} in lower-case ASCII, its words joined by {@code separator}, which is {@code -} or {@code _}. */
    public static String of(String text, char separator) {
        char other = separator == '-' ? '_' : '-';
        String words = AsciiText.of(text)
                .replace(other, separator)
                .replace("@", separator + "at" + separator)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^" + separator + "a-z0-9 \\t\\n\\r]+", "")
                .replaceAll("[" + separator + "\\s]+", Character.toString(separator));
        return words.replaceAll("^" + separator + "|" + separator + "$", "");
    }
}
