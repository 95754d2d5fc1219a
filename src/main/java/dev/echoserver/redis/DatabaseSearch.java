package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.doctor.Finding;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks for Laravel's keys in the other databases, if the own one has none. Channels are not divided by databases, but
 * lists of members are; so a wrong number is noticed late.
 */
final class DatabaseSearch {
    private static final String ID = "redis.db";
    private static final int ROUNDS = 5;
    private static final int KEYS_PER_ROUND = 1000;

    private final RedisConfig settings;
    private final RedisFacts facts;
    private final boolean membersAreRead;
    private final Duration patience;

    /** @param membersAreRead whether the application reads lists of members from Redis */
    DatabaseSearch(RedisConfig settings, RedisFacts facts, boolean membersAreRead, Duration patience) {
        this.settings = settings;
        this.facts = facts;
        this.membersAreRead = membersAreRead;
        this.patience = patience;
    }

    List<Finding> look() {
        if (settings.place() instanceof RedisPlace.Cluster) {
            return List.of(Finding.ok(ID, "A Cluster has one database"));
        }
        if (holdsLaravel(settings.db())) {
            return List.of(Finding.ok(ID, "Database " + settings.db() + " has keys of Laravel"));
        }
        return List.of(elsewhere().map(this::other).orElseGet(this::unknown));
    }

    private Finding unknown() {
        return Finding.ok(ID, "Database " + settings.db() + " is there; no other one has keys of Laravel");
    }

    private Optional<Integer> elsewhere() {
        return facts.values().keySet().stream()
                .filter(name -> name.matches("db\\d{1,5}"))
                .map(name -> Integer.valueOf(name.substring(2)))
                .filter(number -> number != settings.db())
                .sorted()
                .filter(this::holdsLaravel)
                .findFirst();
    }

    private Finding other(int number) {
        String what = "Laravel's keys are in database " + number + ", but \"db\" is " + settings.db();
        String[] cure = {"write the number that Laravel has as REDIS_DB:", RedisTrouble.redis("\"db\": " + number)};
        return membersAreRead
                ? Finding.fault(ID, what, "The application looks for the members of presence channels there.", cure)
                : Finding.warning(
                        ID, what, "Events arrive all the same, but lists of members are kept elsewhere.", cure);
    }

    /** What cannot be looked into has nothing: this user need not have the permission. */
    private boolean holdsLaravel(int number) {
        try (RedisConnector other = new RedisConnector(settings, patience)) {
            RedisCommands<byte[], byte[]> redis = other.connect().sync();
            redis.select(number);
            return scan(redis);
        } catch (RedisException e) {
            return false;
        }
    }

    private boolean scan(RedisCommands<byte[], byte[]> redis) {
        ScanArgs args = ScanArgs.Builder.matches(GlobPattern.startingWith(settings.keyPrefix()))
                .limit(KEYS_PER_ROUND);
        ScanCursor cursor = ScanCursor.INITIAL;
        for (int round = 0; round < ROUNDS && !cursor.isFinished(); round++) {
            KeyScanCursor<byte[]> found = redis.scan(cursor, args);
            if (found.getKeys().stream().anyMatch(key -> isOfLaravel(new String(key, UTF_8)))) {
                return true;
            }
            cursor = found;
        }
        return false;
    }

    /** Its cache has a database of its own by default, and servers have keys, too. */
    private boolean isOfLaravel(String key) {
        String name = key.substring(settings.keyPrefix().length());
        boolean isTold = !settings.keyPrefix().isEmpty() || name.startsWith("queues:") || name.startsWith("horizon:");
        return isTold && !name.contains("cache") && !name.contains(InternalChannel.PREFIX);
    }
}
