package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.doctor.Finding;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tries each kind of command that the server needs, on a key and on a channel that nobody else uses: a user that may not
 * run them may not ask for its permissions either. Blocks.
 */
final class PermissionTrials {
    static final String ID = "redis.acl";
    private static final long FORGET_MILLIS = 10_000;
    private static final byte[] MEMBER = "doctor".getBytes(UTF_8);

    private final RedisConfig settings;
    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final byte[] name;

    /** @param key the name of both, prefix included */
    PermissionTrials(RedisConfig settings, RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key) {
        this.settings = settings;
        this.redis = redis;
        this.name = key;
    }

    /** One kind of command. */
    private record Trial(
            String rule, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<?>> command) {}

    /**
     * What the user of the settings may not do, all of it in one finding.
     *
     * @param subscribe the one command that needs a connection of its own
     */
    Finding look(Supplier<CompletionStage<?>> subscribe) {
        List<Trial> all = new ArrayList<>(List.of(new Trial("+psubscribe", unused -> subscribe.get())));
        all.addAll(trials());
        List<String> missing = new ArrayList<>();
        for (Trial trial : all) {
            try {
                Answers.of(trial.command().apply(redis));
            } catch (RedisException e) {
                if (RedisFailure.of(e).kind() != RedisFailure.Kind.PERMISSION) {
                    return RedisTrouble.of(e, settings);
                }
                missing.add(rule(trial, RedisFailure.of(e).reason()));
            }
        }
        return missing.isEmpty() ? Finding.ok(ID, who() + " has all permissions that are needed") : refused(missing);
    }

    /** The group of the command rather than the command alone; or what is missing instead: a channel, a key. */
    private String rule(Trial trial, String refusal) {
        boolean isCommand = refusal.contains(" command");
        return isCommand ? trial.rule() : Permissions.missing(refusal, settings).orElse(trial.rule());
    }

    /**
     * Of each command, and of each group that README names, one. Those that write remove what is not there, so that nothing
     * is left behind; the text is forgotten by itself.
     */
    private List<Trial> trials() {
        return List.of(
                new Trial("+ping", with -> with.ping()),
                new Trial("+time", with -> with.time()),
                new Trial("+publish", with -> with.publish(name, MEMBER)),
                new Trial("+exists", with -> with.exists(name)),
                new Trial("+@hash", with -> with.hdel(name, MEMBER)),
                new Trial("+@set", with -> with.srem(name, MEMBER)),
                new Trial("+@sortedset", with -> with.zrem(name, MEMBER)),
                new Trial("+eval", with -> with.eval("return 1", ScriptOutputType.INTEGER, new byte[][] {name})),
                new Trial("+@string", with -> with.set(name, MEMBER, SetArgs.Builder.px(FORGET_MILLIS))),
                new Trial("+del", with -> with.del(name)));
    }

    private String who() {
        return "The user \"" + settings.username().orElse("default") + "\" of Redis";
    }

    private Finding refused(List<String> missing) {
        List<String> rules = missing.stream().distinct().toList();
        return Finding.fault(
                ID,
                who() + " misses " + (rules.size() == 1 ? "the permission " : "the permissions ")
                        + String.join(" ", rules),
                rules.contains("+psubscribe")
                        ? "The server may not listen to Redis, so no event reaches a browser."
                        : "What needs it fails: presence channels and whispers, or all of it.",
                "run on Redis (redis-cli), and make it last with ACL SAVE or in redis.conf:",
                "    " + Permissions.command(settings));
    }

    /** The name, key prefix removed, that is tried with: no client can join it, and servers ignore it. */
    static String nameFor(long random) {
        return InternalChannel.PREFIX + "doctor:" + Long.toUnsignedString(random, Character.MAX_RADIX);
    }
}
