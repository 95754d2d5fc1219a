package dev.echoserver.log;

/** Foreign text, made fit for one line of the log. */
public final class Excerpt {
    private static final int CHARACTERS = 200;

    private Excerpt() {}

    /** The first 200 characters of {@code text}, what is invisible replaced. */
    public static String of(String text) {
        return of(text, CHARACTERS);
    }

    /** The same with another number of characters. */
    public static String of(String text, int characters) {
        String shortened = text.length() <= characters ? text : text.substring(0, characters);
        return shortened.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
