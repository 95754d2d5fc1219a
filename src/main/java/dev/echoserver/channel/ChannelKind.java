package dev.echoserver.channel;

/** The kinds of channels, for counting them. */
public enum ChannelKind {
    /** Anybody may join. */
    PUBLIC,
    /** Laravel decides who may. */
    PRIVATE,
    /** Laravel decides, and the members know of each other. */
    PRESENCE
}
