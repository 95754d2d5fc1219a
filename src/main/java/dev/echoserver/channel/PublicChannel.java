package dev.echoserver.channel;

/** A channel anybody may join. */
public record PublicChannel(String name) implements Channel {
    @Override
    public ChannelKind kind() {
        return ChannelKind.PUBLIC;
    }
}
