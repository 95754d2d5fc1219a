package dev.echoserver.subscription;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.presence.Member;
import java.util.Optional;

/**
 * A user came into a presence channel or left it.
 *
 * @param comer the socket that came, if one did; it is not told
 * @param version orders the changes of one channel, and says which of them a roster contains
 */
record Change(PresenceChannel channel, Member member, Optional<SocketId> comer, long version) {}
