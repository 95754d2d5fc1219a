package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.Roster;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The changes of one presence channel, each one script. What they read and write lies under keys with one hash tag:
 *
 * <pre>
 *   &lt;prefix&gt;echo-server:presence:{&lt;channel&gt;}:records   hash   socket → version, node, user, member
 *   &lt;prefix&gt;echo-server:presence:{&lt;channel&gt;}:users     hash   user → number of sockets
 *   &lt;prefix&gt;echo-server:presence:{&lt;channel&gt;}:version   string the last change's
 *   &lt;prefix&gt;&lt;channel&gt;:members                          string laravel-echo-server's list, if asked for
 * </pre>
 *
 * <p>In a Cluster the tag is the whole name of that list, whose own name has none: so all of them lie on one server.
 */
final class PresenceScripts {
    private static final LuaScript JOIN = LuaScript.of("presence", "join");
    private static final LuaScript LEAVE = LuaScript.of("presence", "leave");
    private static final LuaScript ROSTER = LuaScript.of("presence", "roster");
    private static final String ANY_NODE = "";

    private final RedisLink link;
    private final String prefix;
    private final LaravelView view;

    PresenceScripts(RedisLink link, LaravelView view) {
        this.link = link;
        this.prefix = link.settings().keyPrefix();
        this.view = view;
    }

    CompletionStage<Void> join(Seat seat, String node, Member member) {
        byte[][] arguments = arguments(
                seat.channel(),
                seat.socket().value(),
                node,
                member.userId(),
                member.json().toString());
        return change(JOIN, seat.channel(), arguments);
    }

    CompletionStage<Void> leave(Seat seat) {
        return leave(seat, ANY_NODE);
    }

    /** Only if the socket is still of {@code node}. */
    CompletionStage<Void> leave(Seat seat, String node) {
        return change(
                LEAVE, seat.channel(), arguments(seat.channel(), seat.socket().value(), node));
    }

    private CompletionStage<Void> change(LuaScript script, PresenceChannel channel, byte[][] arguments) {
        return link.<Object>send(redis -> redis.eval(script.text(), ScriptOutputType.INTEGER, keys(channel), arguments))
                .thenAccept(done -> {});
    }

    CompletionStage<Roster> roster(PresenceChannel channel) {
        return records(channel).thenApply(PresenceRecords::roster);
    }

    /** One entry per user, the oldest connection's, the oldest first. */
    CompletionStage<List<Member>> users(PresenceChannel channel) {
        return records(channel).thenApply(PresenceRecords::users);
    }

    private CompletionStage<List<?>> records(PresenceChannel channel) {
        return link.send(redis -> redis.eval(ROSTER.text(), ScriptOutputType.MULTI, keys(channel), arguments(channel)));
    }

    private byte[][] keys(PresenceChannel channel) {
        String list = prefix + channel.name() + ":members";
        String tag = link.isSharded() ? list : channel.name();
        String common = prefix + InternalChannel.PRESENCE + ":{" + tag + "}:";
        return view.membersKey()
                ? bytes(common + "records", common + "users", common + "version", list)
                : bytes(common + "records", common + "users", common + "version");
    }

    private byte[][] arguments(PresenceChannel channel, String... more) {
        String[] all = new String[3 + more.length];
        all[0] = channel.name();
        all[1] = prefix + InternalChannel.PRESENCE;
        all[2] = view.updates() ? InternalChannel.PRESENCE_UPDATES : "";
        System.arraycopy(more, 0, all, 3, more.length);
        return bytes(all);
    }

    static byte[][] bytes(String... texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(UTF_8);
        }
        return bytes;
    }
}
