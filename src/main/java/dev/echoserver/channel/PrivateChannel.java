package dev.echoserver.channel;

/** A channel that Laravel must open to each subscriber. */
public record PrivateChannel(String name) implements Channel {
    @Override
    public ChannelKind kind() {
        return ChannelKind.PRIVATE;
    }
}
