package dev.echoserver.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of one socket: join, leave, whisper. Confined to the socket's event loop.
 *
 * <p>A leave, or the end of the socket, also cancels a join that Laravel is still asked about.
 */
public final class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int MAX_BYTES_PER_CHAR = 3; // In UTF-8.
    private static final int TOO_MANY_REQUESTS = 429;

    private final ChannelClient client;
    private final Channels channels;
    private final LoopHub hub;
    private Map<String, Subscription> subscriptions = Map.of(); // By name; a hash map from the second channel on.

    Subscriptions(ChannelClient client, Channels channels) {
        this.client = client;
        this.channels = channels;
        this.hub = channels.hub().of(client);
        hub.connect(client);
    }

    /**
     * Joins the channel called {@code name}, now or when Laravel has agreed. Joining again changes nothing, but a presence
     * channel's roster is sent again.
     *
     * @param headers what the page wants Laravel to be asked with
     */
    public void join(String name, Map<String, String> headers) {
        if (!Channel.isName(name) || isTooLong(name)) {
            channels.overruns().add(Overruns.Limit.CHANNEL_NAME, client.id(), name);
            client.refused(name, BAD_REQUEST, "not a channel name");
        } else if (InternalChannel.isInternal(name)) {
            client.refused(name, FORBIDDEN, "the name is reserved");
        } else {
            join(Channel.of(name), headers);
        }
    }

    private boolean isTooLong(String name) {
        int max = channels.limits().maxNameBytes();
        return name.length() > max / MAX_BYTES_PER_CHAR && name.getBytes(UTF_8).length > max;
    }

    private void join(Channel channel, Map<String, String> headers) {
        Subscription existing = subscriptions.get(channel.name());
        if (existing != null) {
            existing.seat().ifPresent(Seat::take);
        } else if (subscriptions.size() >= channels.limits().maxChannels()) {
            channels.overruns().add(Overruns.Limit.CHANNELS, client.id(), channel.name());
            client.refused(channel.name(), TOO_MANY_REQUESTS, "too many channels");
        } else {
            Subscription subscription = new Subscription(channel);
            add(channel.name(), subscription);
            if (channel.isGuarded()) {
                ask(subscription, headers);
            } else {
                enter(subscription, Optional.empty());
            }
        }
    }

    private void add(String name, Subscription subscription) {
        if (subscriptions.isEmpty()) {
            subscriptions = Map.of(name, subscription);
            return;
        }
        if (subscriptions.size() == 1) {
            subscriptions = new HashMap<>(subscriptions);
        }
        subscriptions.put(name, subscription);
    }

    /** Takes {@code name} out, which is there. */
    private void remove(String name) {
        if (subscriptions.size() == 1) {
            subscriptions = Map.of();
        } else {
            subscriptions.remove(name);
        }
    }

    private void ask(Subscription subscription, Map<String, String> headers) {
        AuthQuestion question =
                new AuthQuestion(subscription.channel(), client.id(), ClientCredentials.of(client, headers));
        channels.authorizer().authorize(question).thenAccept(answer -> hub.execute(() -> settle(subscription, answer)));
    }

    private void settle(Subscription subscription, Authorization answer) {
        if (subscription.isOver()) {
            return; // Left while Laravel was thinking; entering now would leave a ghost.
        }
        if (answer instanceof Authorization.Granted granted) {
            log.debug(
                    "{} authenticated for: {}",
                    client.id(),
                    subscription.channel().name());
            enter(subscription, granted.channelData());
        } else if (answer instanceof Authorization.Denied denied) {
            remove(subscription.channel().name());
            client.refused(subscription.channel().name(), denied.status(), denied.reason());
        }
    }

    private void enter(Subscription subscription, Optional<Json> channelData) {
        hub.enter(subscription.channel(), client);
        Optional<Seat> seat = subscription.channel() instanceof PresenceChannel room
                ? channelData
                        .flatMap(Member::of)
                        .map(member -> new Seat(client, hub, new Seat.Place(room, member), channels.presence()))
                : Optional.empty();
        subscription.joined(seat);
        seat.ifPresent(taken -> {
            channels.seats(hub).add(taken);
            taken.take();
        });
        log.debug("{} joined channel: {}", client.id(), subscription.channel().name());
    }

    /** Leaves the channel called {@code name}, if the socket is on it or has asked to be. */
    public void leave(String name) {
        Optional.ofNullable(subscriptions.get(name)).ifPresent(subscription -> {
            remove(name);
            end(subscription, "unsubscribed");
        });
    }

    private void end(Subscription subscription, String reason) {
        subscription.over();
        hub.leave(subscription.channel(), client);
        subscription.seat().ifPresent(seat -> {
            channels.seats(hub).remove(seat);
            seat.vacate();
        });
        log.debug(
                "{} left channel: {} ({})", client.id(), subscription.channel().name(), reason);
    }

    /**
     * Sends an event to the other sockets of a guarded channel that this socket has joined; otherwise nothing happens.
     *
     * @param event its name, a JSON string
     */
    public void whisper(String name, Json event, Json data) {
        Subscription subscription = subscriptions.get(name);
        if (subscription != null
                && subscription.isJoined()
                && subscription.channel().isGuarded()) {
            channels.hub().whisper(subscription.channel(), event, data, client.id());
        }
    }

    /** The socket is gone, for {@code reason}: leaves everything. Nothing may follow. */
    public void disconnect(String reason) {
        Map<String, Subscription> all = subscriptions;
        subscriptions = Map.of();
        all.values().forEach(subscription -> end(subscription, reason));
        hub.disconnect(client);
    }
}
