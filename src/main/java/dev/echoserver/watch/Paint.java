package dev.echoserver.watch;

/**
 * How text looks on a terminal.
 *
 * @param isOn whether there is one that shows colours
 */
public record Paint(boolean isOn) {
    /** Leaves text as it is. */
    public static final Paint NONE = new Paint(false);

    String bold(String text) {
        return with("1", text);
    }

    String dim(String text) {
        return with("2", text);
    }

    String good(String text) {
        return with("32", text);
    }

    String bad(String text) {
        return with("1;31", text);
    }

    /** For what must not be overlooked. */
    public String alarm(String text) {
        return with("1;37;41", text);
    }

    String reversed(String text) {
        return with("7", text);
    }

    private String with(String code, String text) {
        return isOn ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
