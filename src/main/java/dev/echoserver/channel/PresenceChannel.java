package dev.echoserver.channel;

/** A guarded channel that also tells its subscribers who else is here. */
public record PresenceChannel(String name) implements Channel {
    /** What its name begins with. */
    public static final String PREFIX = "presence-";

    @Override
    public ChannelKind kind() {
        return ChannelKind.PRESENCE;
    }
}
