package dev.echoserver.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.hub.Whisper;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
    private Optional<JoinQueue> queue = Optional.empty(); // Most sockets need none.

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
            if (existing.seat().isPresent()) {
                queue().add(existing);
            }
        } else if (subscriptions.size() >= channels.limits().maxChannels()) {
            channels.overruns().add(Overruns.Limit.CHANNELS, client.id(), channel.name());
            client.refused(channel.name(), TOO_MANY_REQUESTS, "too many channels");
        } else {
            begin(new Subscription(channel), headers);
        }
    }

    private void begin(Subscription subscription, Map<String, String> headers) {
        String name = subscription.channel().name();
        add(name, subscription);
        if (!subscription.channel().isGuarded()) {
            enter(subscription, Optional.empty());
        } else if (!queue().add(subscription, headers)) {
            remove(name);
            channels.overruns().add(Overruns.Limit.AUTH_HEADERS, client.id(), name);
            client.refused(name, TOO_MANY_REQUESTS, "too many different auth.headers at once");
        }
    }

    private JoinQueue queue() {
        JoinQueue own =
                queue.orElseGet(() -> new JoinQueue(hub, channels.limits().maxChannels(), this::turnOf));
        queue = Optional.of(own);
        return own;
    }

    private CompletionStage<?> turnOf(Subscription subscription, Map<String, String> headers) {
        Optional<Seat> seat = subscription.seat();
        return seat.isPresent() ? seat.get().take() : ask(subscription, headers);
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

    private CompletionStage<?> ask(Subscription subscription, Map<String, String> headers) {
        AuthQuestion question =
                new AuthQuestion(subscription.channel(), client.id(), ClientCredentials.of(client, headers));
        return channels.authorizer()
                .authorize(question)
                .thenAccept(answer -> hub.execute(() -> settle(subscription, answer)));
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
            admit(subscription, granted.channelData());
        } else if (answer instanceof Authorization.Denied denied) {
            remove(subscription.channel().name());
            client.refused(subscription.channel().name(), denied.status(), denied.reason());
        }
    }

    private void admit(Subscription subscription, Optional<Json> channelData) {
        if (!(subscription.channel() instanceof PresenceChannel room)) {
            enter(subscription, Optional.empty());
            return;
        }
        boolean needsId = channels.limits().membersNeedIds();
        Optional<Member> member = channelData.flatMap(needsId ? Member::of : Member::ofAny);
        if (member.isEmpty() && needsId) {
            remove(room.name());
            channels.overruns().add(Overruns.Limit.MEMBER, client.id(), room.name());
            client.refused(room.name(), FORBIDDEN, "the member has no user_id that is a string or a number");
        } else {
            enter(subscription, member.map(known -> seat(room, known)));
        }
    }

    private Seat seat(PresenceChannel room, Member member) {
        return new Seat(client, hub, new Seat.Place(room, member), channels.presence());
    }

    private void enter(Subscription subscription, Optional<Seat> seat) {
        hub.enter(subscription.channel(), client);
        subscription.joined(seat);
        seat.ifPresent(taken -> {
            channels.seats(hub).add(taken);
            var unused = taken.take();
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
        queue.ifPresent(own -> own.remove(subscription));
        hub.leave(subscription.channel(), client);
        subscription.seat().ifPresent(seat -> {
            channels.seats(hub).remove(seat);
            seat.vacate();
        });
        log.debug(
                "{} left channel: {} ({})", client.id(), subscription.channel().name(), reason);
    }

    /** Says something to the other sockets of a guarded channel that this socket has joined; otherwise it is ignored. */
    public void whisper(String name, Whisper whisper) {
        Subscription subscription = subscriptions.get(name);
        if (subscription != null
                && subscription.isJoined()
                && subscription.channel().isGuarded()) {
            channels.hub().whisper(subscription.channel(), whisper, client.id());
        } else {
            channels.overruns().add(Overruns.Limit.WHISPER, client.id(), whisper.event() + " on " + name);
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
