package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.EnvelopeScanner;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceListener;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change of a presence channel, as {@code presence.lua} writes it:
 * {@code ["joining"|"leaving", channel: string, socket: string, version: number, member: object]}.
 */
record Announcement(String kind, PresenceChannel channel, SocketId socket, long version, Member member) {
    private static final JsonElements ELEMENTS = new JsonElements(EnvelopeScanner.MAX_DEPTH + 1);
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    static Optional<Announcement> read(byte[] payload) {
        return ELEMENTS.of(new String(payload, UTF_8))
                .filter(parts -> parts.size() == 5)
                .flatMap(Announcement::of);
    }

    private static Optional<Announcement> of(List<Json> parts) {
        Optional<String> kind = text(parts.get(0)).filter(word -> word.equals("joining") || word.equals("leaving"));
        Optional<String> channel = text(parts.get(1)).filter(Channel::isName);
        Optional<String> socket = text(parts.get(2));
        String version = parts.get(3).toString();
        Optional<Member> member = Member.ofAny(parts.get(4));
        if (kind.isEmpty() || channel.isEmpty() || socket.isEmpty() || member.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(version)
                .filter(digits -> VERSION.matcher(digits).matches())
                .map(digits -> new Announcement(
                        kind.get(),
                        new PresenceChannel(channel.get()),
                        new SocketId(socket.get()),
                        Long.parseLong(digits),
                        member.get()));
    }

    static Optional<String> text(Json json) {
        return JsonTree.read(json).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    void tell(PresenceListener listener) {
        if (kind.equals("joining")) {
            listener.joining(channel, member, socket, version);
        } else {
            listener.leaving(channel, member, version);
        }
    }
}
