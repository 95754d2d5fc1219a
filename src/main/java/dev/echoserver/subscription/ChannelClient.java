package dev.echoserver.subscription;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.hub.Subscriber;
import dev.echoserver.json.Json;
import java.util.List;
import java.util.Optional;

/** A socket that can be told what becomes of its joins, and who else is there. On its event loop only. */
public interface ChannelClient extends Subscriber {

    /** A header of the request that opened its connection. */
    Optional<String> requestHeader(String name);

    /** The address that request came from: the browser's, or that of the last proxy. */
    String remoteAddress();

    /** A join was refused; {@code status} as an HTTP status, {@code reason} for the page's developer. */
    void refused(String channel, int status, String reason);

    /** Who is in a presence channel that this socket has joined, itself included. */
    void here(PresenceChannel channel, List<Json> members);

    /** A user came into a presence channel of this socket. */
    void joining(PresenceChannel channel, Json member);

    /** A user left a presence channel of this socket. */
    void leaving(PresenceChannel channel, Json member);
}
