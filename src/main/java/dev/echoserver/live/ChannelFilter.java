package dev.echoserver.live;

import java.util.List;

/**
 * Which channels somebody looks at: those of these names, all that begin with a name which ends in {@code *}, or all if
 * there are no names.
 */
public record ChannelFilter(List<String> names) {
    public ChannelFilter {
        names = List.copyOf(names);
    }

    /** Whether {@code channel} is one of them. */
    boolean includes(String channel) {
        return names.isEmpty() || names.stream().anyMatch(name -> matches(name, channel));
    }

    /**
     * Whether {@code channel} is one of them, or may be meant: with a key prefix that is not known as one, or without the
     * prefix that stands in the name.
     */
    boolean mayMean(String channel) {
        return includes(channel)
                || names.stream()
                        .filter(name -> !name.endsWith("*"))
                        .anyMatch(name -> channel.endsWith(name) || name.endsWith(channel));
    }

    private static boolean matches(String name, String channel) {
        return name.endsWith("*") ? channel.startsWith(name.substring(0, name.length() - 1)) : channel.equals(name);
    }
}
