package dev.echoserver.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.hub.Subscriber;
import java.util.HashSet;
import java.util.Set;

/** The channels of one socket. Confined to the socket's event loop. */
public final class Subscriptions {
    private static final JoinAnswer JOINED = new JoinAnswer.Joined();

    private final Subscriber subscriber;
    private final LoopHub hub;
    private final SubscriptionLimits limits;
    private final Set<Channel> joined = new HashSet<>();

    /** A socket that is on no channel yet. {@code hub} is the part of the hub that owns the socket's event loop. */
    public Subscriptions(Subscriber subscriber, LoopHub hub, SubscriptionLimits limits) {
        this.subscriber = subscriber;
        this.hub = hub;
        this.limits = limits;
        hub.connect(subscriber);
    }

    /** Joins the channel called {@code name}. Joining again changes nothing and succeeds. */
    public JoinAnswer join(String name) {
        if (!Channel.isName(name) || name.getBytes(UTF_8).length > limits.maxNameBytes()) {
            return new JoinAnswer.Refused(400);
        }
        if (InternalChannel.isInternal(name)) {
            return new JoinAnswer.Refused(403);
        }
        Channel channel = Channel.of(name);
        if (joined.contains(channel)) {
            return JOINED;
        }
        if (channel.isGuarded()) {
            return new JoinAnswer.Refused(503); // Nobody is there yet who could ask Laravel.
        }
        if (joined.size() >= limits.maxChannels()) {
            return new JoinAnswer.Refused(429);
        }
        joined.add(channel);
        hub.enter(channel, subscriber);
        return JOINED;
    }

    /** Leaves the channel called {@code name}, if the socket is on it. */
    public void leave(String name) {
        if (Channel.isName(name) && joined.remove(Channel.of(name))) {
            hub.leave(Channel.of(name), subscriber);
        }
    }

    /** The socket is gone: leaves everything. Nothing may follow. */
    public void disconnect() {
        joined.forEach(channel -> hub.leave(channel, subscriber));
        joined.clear();
        hub.disconnect(subscriber);
    }
}
