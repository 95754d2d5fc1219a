package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.doctor.Finding;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Redis says about itself: the answer to {@code INFO}, by name.
 *
 * <p>Source: {@code server.c#genRedisInfoString}.
 */
record RedisFacts(Map<String, String> values) {

    RedisFacts {
        values = Map.copyOf(values);
    }

    /** Those of the text {@code info}. */
    static RedisFacts of(String info) {
        Map<String, String> values = new TreeMap<>();
        info.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> values.put(parts[0], parts[1].strip()));
        return new RedisFacts(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String version() {
        return value("redis_version").map(number -> "Redis " + number).orElse("Redis");
    }

    /** Whether it is a server of another kind than the settings say. */
    Optional<Finding> otherKind(RedisConfig settings) {
        String mode = value("redis_mode").orElse("standalone");
        if (!(settings.place() instanceof RedisPlace.Server server) || mode.equals("standalone")) {
            return Optional.empty();
        }
        String at = "{ \"host\": \"" + server.at().host() + "\", \"port\": "
                + server.at().port() + " }";
        return mode.equals("sentinel")
                ? Optional.of(Finding.fault(
                        "redis.sentinel-port",
                        server.at() + " is a Sentinel, not Redis itself",
                        "Laravel's events are published on the master that it watches.",
                        "name it as a Sentinel, and the master as SENTINEL MASTERS lists it:",
                        RedisTrouble.redis("\"sentinels\": [" + at + "], \"name\": \"mymaster\"")))
                : Optional.of(Finding.fault(
                        "redis.cluster-node",
                        server.at() + " is a node of a Redis Cluster",
                        "Presence channels are kept on all its nodes, so some of them could not be joined.",
                        "name it as one of a Cluster:",
                        RedisTrouble.redis("\"cluster\": [" + at + "]")));
    }

    /** Whether members of presence channels may be thrown away when memory is short. */
    Optional<Finding> eviction() {
        boolean isBounded =
                value("maxmemory").filter(bytes -> !bytes.equals("0")).isPresent();
        return value("maxmemory_policy")
                .filter(policy -> policy.startsWith("allkeys-") && isBounded)
                .map(policy -> Finding.warning(
                        "redis.eviction",
                        "Redis throws any key away when its memory is full (maxmemory-policy " + policy + ")",
                        "Members of presence channels would be missing, without an error.",
                        "run on Redis: CONFIG SET maxmemory-policy volatile-lru",
                        "and write into redis.conf: maxmemory-policy volatile-lru"));
    }

    /** The text of an answer. */
    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
