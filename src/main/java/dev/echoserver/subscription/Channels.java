package dev.echoserver.subscription;

import dev.echoserver.auth.Authorizer;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.hub.Hub;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.PresenceStore;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What sockets can do with channels: one per server, for the sockets of all event loops. */
public final class Channels {
    private final Hub hub;
    private final Authorizer authorizer;
    private final PresenceStore presence;
    private final SubscriptionLimits limits;
    private final Overruns overruns;
    private final Map<LoopHub, LoopSeats> seats;

    /**
     * Who decides and remembers.
     *
     * @param authorizer may join a guarded channel?
     * @param presence who is in a presence channel? opened here, closed by the caller
     */
    public record Ports(Authorizer authorizer, PresenceStore presence) {}

    /** Opens the presence store. {@code overruns} counts what is beyond {@code limits}. */
    public Channels(Hub hub, Ports ports, SubscriptionLimits limits, Overruns overruns) {
        this.overruns = overruns;
        this.hub = hub;
        this.authorizer = ports.authorizer();
        this.presence = ports.presence();
        this.limits = limits;
        this.seats = hub.loops().stream().collect(Collectors.toUnmodifiableMap(loop -> loop, loop -> new LoopSeats()));
        presence.open(new Announcements());
    }

    /** A socket has connected, as yet on no channel. On its event loop. */
    public Subscriptions connect(ChannelClient client) {
        return new Subscriptions(client, this);
    }

    Hub hub() {
        return hub;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    PresenceStore presence() {
        return presence;
    }

    /** What was beyond the limits. */
    public Overruns overruns() {
        return overruns;
    }

    /** What one socket may ask for. */
    public SubscriptionLimits limits() {
        return limits;
    }

    LoopSeats seats(LoopHub loop) {
        return Objects.requireNonNull(seats.get(loop));
    }

    /** Takes changes of presence channels to the event loops. */
    private final class Announcements implements PresenceListener {

        @Override
        public void joining(PresenceChannel channel, Member member, SocketId socket, long version) {
            tell(new Change(channel, member, Optional.of(socket), version));
        }

        @Override
        public void leaving(PresenceChannel channel, Member member, long version) {
            tell(new Change(channel, member, Optional.empty(), version));
        }

        private void tell(Change change) {
            seats.forEach((loop, own) -> loop.execute(() -> own.tell(change)));
        }

        @Override
        public void refresh() {
            seats.forEach((loop, own) -> loop.execute(own::takeAgain));
        }
    }
}
