package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.doctor.Finding;
import io.lettuce.core.cluster.SlotHash;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Redis says about itself: the answer to {@code INFO}, by name.
 *
 * <p>Source: {@code server.c#genRedisInfoString}.
 */
record RedisFacts(Map<String, String> values) {
    /** Programs that speak as Redis does, by the name of their version. */
    private static final Map<String, String> RELATIVES = Map.of(
            "valkey_version", "Valkey",
            "dragonfly_version", "Dragonfly",
            "garnet_version", "Garnet",
            "kvrocks_version", "Kvrocks");

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

    /** The program and its version; those that are like Redis also tell which version of Redis they are like. */
    String version() {
        return RELATIVES.entrySet().stream()
                .flatMap(known -> value(known.getKey()).stream()
                        .map(number -> known.getValue() + " " + number.replaceFirst("^(df-)?v", "")))
                .findFirst()
                .orElseGet(() -> value("redis_version")
                        .map(number -> (isKeyDb() ? "KeyDB " : "Redis ") + number)
                        .orElse("Redis"));
    }

    /** It tells the version as Redis does, and nothing else about itself. */
    private boolean isKeyDb() {
        return value("executable").filter(file -> file.contains("keydb")).isPresent()
                || value("mvcc_depth").isPresent();
    }

    private String mode() {
        return value("redis_mode").or(() -> value("server_mode")).orElse("standalone");
    }

    boolean isCluster() {
        return mode().equals("cluster")
                || value("cluster_enabled").filter("1"::equals).isPresent();
    }

    /** What is wrong with the Cluster whose {@code CLUSTER INFO} this is. */
    Optional<Finding> clusterTrouble() {
        int assigned = slots("cluster_slots_assigned").orElse(SlotHash.SLOT_COUNT);
        if (assigned < SlotHash.SLOT_COUNT) {
            return Optional.of(Finding.fault(
                    "redis.no-slots",
                    assigned == 0
                            ? "No Cluster was made of these nodes yet: none of them has hash slots"
                            : "Only " + assigned + " of 16384 hash slots of the Cluster belong to a node",
                    "Presence channels are kept by hash slot, so some or all of them cannot be joined.",
                    assigned == 0
                            ? "make a Cluster: redis-cli --cluster create HOST:PORT HOST:PORT HOST:PORT"
                            : "mend it: redis-cli --cluster fix HOST:PORT"));
        }
        return slots("cluster_slots_fail")
                .filter(count -> count > 0)
                .map(count -> Finding.fault(
                        "redis.node-away",
                        "A node of the Cluster does not answer, with " + count + " of 16384 hash slots",
                        "Presence channels that are kept there cannot be joined.",
                        "start that node again; CLUSTER NODES names it"));
    }

    private Optional<Integer> slots(String name) {
        return value(name).filter(number -> number.matches("\\d{1,5}")).map(Integer::valueOf);
    }

    /** Whether it is a server of another kind than the settings say. */
    Optional<Finding> otherKind(RedisConfig settings) {
        String mode = mode();
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
