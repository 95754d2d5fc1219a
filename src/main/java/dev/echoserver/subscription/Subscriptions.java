package dev.echoserver.subscription;

import dev.echoserver.channel.Channel;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.hub.Subscriber;
import java.util.HashSet;
import java.util.Set;

/** The channels of one socket. Confined to the socket's event loop. */
public final class Subscriptions {
    private static final JoinAnswer JOINED = new JoinAnswer.Joined();

    private final Subscriber subscriber;
    private final LoopHub hub;
    private final int maxChannels;
    private final Set<Channel> joined = new HashSet<>();

    /** A socket that is on no channel yet. {@code hub} is the part of the hub that owns the socket's event loop. */
    public Subscriptions(Subscriber subscriber, LoopHub hub, int maxChannels) {
        this.subscriber = subscriber;
        this.hub = hub;
        this.maxChannels = maxChannels;
        hub.connect(subscriber);
    }

    /** Joins the channel called {@code name}. Joining again changes nothing and succeeds. */
    public JoinAnswer join(String name) {
        if (!Channel.isName(name)) {
            return new JoinAnswer.Refused(400);
        }
        Channel channel = Channel.of(name);
        if (joined.contains(channel)) {
            return JOINED;
        }
        if (channel.isGuarded()) {
            return new JoinAnswer.Refused(503); // Nobody is there yet who could ask Laravel.
        }
        if (joined.size() >= maxChannels) {
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
