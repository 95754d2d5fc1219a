package dev.echoserver.php;

/**
 * A word of PHP.
 *
 * @param kind which sort of word
 * @param text a text without its quotes, escapes replaced; everything else as written
 */
record PhpToken(Kind kind, String text) {
    /** What can be told from each other without running PHP. */
    enum Kind {
        /** In quotes, with nothing in it that PHP would have to replace. */
        TEXT,
        /** {@code env}, {@code Str::slug}, {@code null}. */
        NAME,
        NUMBER,
        /** Brackets and operators. */
        SIGN,
        /** A variable, or a text with variables in it. */
        UNKNOWN
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equalsIgnoreCase(name);
    }

    boolean opens() {
        return kind == Kind.SIGN && "([{".contains(text);
    }

    boolean closes() {
        return kind == Kind.SIGN && ")]}".contains(text);
    }

    /** Whether an element of an array, or the statement, ends before this. */
    boolean ends() {
        return closes() || isSign(",") || isSign(";");
    }
}
