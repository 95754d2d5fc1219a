package dev.echoserver.redis;

/** Patterns as {@code PSUBSCRIBE} understands them. */
final class GlobPattern {

    private GlobPattern() {}

    /**
     * The pattern of all names that begin with {@code prefix}, taken literally.
     *
     * <p>Source: {@code util.c#stringmatchlen}: only these four begin something special; {@code ]}, {@code ^} and
     * {@code -} mean themselves outside brackets.
     */
    static String startingWith(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[]", "\\\\$0") + "*";
    }
}
