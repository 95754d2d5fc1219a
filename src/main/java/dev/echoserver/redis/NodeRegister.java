package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.InternalChannel;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Which nodes live, and which sockets are theirs.
 *
 * <pre>
 *   &lt;prefix&gt;echo-server:nodes         sorted set  node → when it was last heard of, by the clock of Redis
 *   &lt;prefix&gt;echo-server:node:&lt;node&gt;   set         its seats
 * </pre>
 *
 * <p>A seat is noted before the socket joins and struck after it left, so there may be one too many, never one too few.
 */
final class NodeRegister {
    private static final LuaScript ENTER = LuaScript.of("enter");
    private static final LuaScript BEAT = LuaScript.of("beat");

    private final RedisLink link;
    private final String prefix;
    private final byte[] nodes;

    /**
     * What came of a beat.
     *
     * @param isAlive false if the node was taken for dead
     * @param dead nodes that have not been buried yet
     */
    record Beat(boolean isAlive, List<String> dead) {}

    NodeRegister(RedisLink link) {
        this.link = link;
        this.prefix = link.settings().keyPrefix() + InternalChannel.PREFIX;
        this.nodes = (prefix + "nodes").getBytes(UTF_8);
    }

    /** Makes {@code node} known. {@code older}, if it lives, has until its next expiry to be moved away from. */
    CompletionStage<Void> enter(String node, String older) {
        return link.<Object>send(redis -> redis.eval(
                        ENTER.text(),
                        ScriptOutputType.INTEGER,
                        new byte[][] {nodes},
                        PresenceScripts.bytes(node, older)))
                .thenAccept(entered -> {});
    }

    CompletionStage<Beat> beat(String node, Duration expiry) {
        return link.<List<?>>send(redis -> redis.eval(
                        BEAT.text(),
                        ScriptOutputType.MULTI,
                        new byte[][] {nodes},
                        PresenceScripts.bytes(node, Long.toString(expiry.toMillis()))))
                .thenApply(NodeRegister::beat);
    }

    private static Beat beat(List<?> answer) {
        List<?> dead = (List<?>) answer.get(1);
        return new Beat(
                (Long) answer.get(0) == 1,
                dead.stream().map(name -> new String((byte[]) name, UTF_8)).toList());
    }

    /** The nodes that are not known to be dead. */
    CompletionStage<Set<String>> living() {
        Range<Long> sinceAnyTime = Range.from(Range.Boundary.excluding(0L), Range.Boundary.unbounded());
        return link.<List<byte[]>>send(redis -> redis.zrangebyscore(nodes, sinceAnyTime))
                .thenApply(names ->
                        names.stream().map(name -> new String(name, UTF_8)).collect(Collectors.toSet()));
    }

    CompletionStage<Long> note(String node, Seat seat) {
        return link.send(redis -> redis.sadd(seatsOf(node), seat.bytes()));
    }

    CompletionStage<Long> strike(String node, byte[]... seats) {
        return link.send(redis -> redis.srem(seatsOf(node), seats));
    }

    /** Any of the node's seats, {@code most} at most, none twice. */
    CompletionStage<List<byte[]>> someSeats(String node, int most) {
        return link.send(redis -> redis.srandmember(seatsOf(node), most));
    }

    /** Forgets a node that has no seats. */
    CompletionStage<Long> remove(String node) {
        return link.send(redis -> redis.zrem(nodes, node.getBytes(UTF_8)));
    }

    private byte[] seatsOf(String node) {
        return (prefix + "node:" + node).getBytes(UTF_8);
    }
}
