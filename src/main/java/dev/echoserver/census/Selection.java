package dev.echoserver.census;

/**
 * Which channels are to be counted.
 *
 * @param name a channel's whole name, or the beginning of many
 * @param isPrefix whether it is the beginning
 */
public record Selection(String name, boolean isPrefix) {
    /** No channel has an empty name, so nothing but the sockets is counted. */
    public static final Selection NONE = only("");

    /** The channels whose names begin with {@code prefix}; all of them if that is empty. */
    public static Selection startingWith(String prefix) {
        return new Selection(prefix, true);
    }

    /** The one channel {@code name}. */
    public static Selection only(String name) {
        return new Selection(name, false);
    }
}
