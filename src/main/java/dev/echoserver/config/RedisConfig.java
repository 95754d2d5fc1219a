package dev.echoserver.config;

import java.util.Map;
import java.util.Optional;

/**
 * How to reach the Redis that Laravel publishes to. The names are those of ioredis, as in laravel-echo-server.
 *
 * @param place where it is
 * @param login as whom to enter it
 * @param db database number; channels are not divided by it, stored presence is
 * @param tls how to speak TLS; empty means not to
 * @param natMap where to connect instead of to an address that Sentinels or a Cluster name
 * @param connectionName what {@code CLIENT LIST} of Redis calls the connections
 * @param keyPrefix what Laravel puts in front of each channel and key, possibly empty
 */
public record RedisConfig(
        RedisPlace place,
        RedisLogin login,
        int db,
        Optional<RedisTlsConfig> tls,
        Map<HostPort, HostPort> natMap,
        String connectionName,
        String keyPrefix) {
    static final String DEFAULT_NAME = "echo-server";

    /** Copies the map. */
    public RedisConfig {
        natMap = Map.copyOf(natMap);
    }

    /** A Redis without password and prefix. */
    public static RedisConfig of(String host, int port) {
        return of(new RedisPlace.Server(new HostPort(host, port)));
    }

    /** A Redis without password and prefix. */
    public static RedisConfig of(RedisPlace place) {
        return new RedisConfig(place, RedisLogin.NONE, 0, Optional.empty(), Map.of(), DEFAULT_NAME, "");
    }

    /**
     * The Redis at {@code url}, such as {@code redis://user:password@host:6379/0}, {@code rediss://host} or
     * {@code unix:///run/redis.sock}.
     *
     * @throws IllegalArgumentException if it is nothing of the kind; the message does not repeat it
     */
    public static RedisConfig ofUrl(String url) {
        RedisUrl read = RedisUrl.parse(url)
                .orElseThrow(() ->
                        new IllegalArgumentException("Redis URL: not understood (expected: " + RedisUrl.SHAPE + ")"));
        return new RedisConfig(
                read.place(RedisUrl.DEFAULT_PORT),
                read.login(),
                read.db().orElse(0),
                read.isTls() ? Optional.of(RedisTlsConfig.DEFAULT) : Optional.empty(),
                Map.of(),
                DEFAULT_NAME,
                "");
    }

    /** The same Redis with another prefix. */
    public RedisConfig withKeyPrefix(String prefix) {
        return new RedisConfig(place, login, db, tls, natMap, connectionName, prefix);
    }

    /** The same Redis, entered with a password, and as {@code name} if given. */
    public RedisConfig withCredentials(Optional<String> name, String secret) {
        RedisLogin other = new RedisLogin(name, Optional.of(secret));
        return new RedisConfig(place, other, db, tls, natMap, connectionName, keyPrefix);
    }

    /** The same Redis by another way. */
    public RedisConfig withPlace(RedisPlace other) {
        return new RedisConfig(other, login, db, tls, natMap, connectionName, keyPrefix);
    }

    /** Another database of the same Redis. */
    public RedisConfig withDb(int number) {
        return new RedisConfig(place, login, number, tls, natMap, connectionName, keyPrefix);
    }

    /** The same Redis over TLS. */
    public RedisConfig withTls(RedisTlsConfig how) {
        return new RedisConfig(place, login, db, Optional.of(how), natMap, connectionName, keyPrefix);
    }

    /** The same Redis, with addresses that are replaced. */
    public RedisConfig withNatMap(Map<HostPort, HostPort> map) {
        return new RedisConfig(place, login, db, tls, map, connectionName, keyPrefix);
    }

    /** The ACL user; empty means the default user. */
    public Optional<String> username() {
        return login.username();
    }

    /** The password of that user. */
    public Optional<String> password() {
        return login.password();
    }

    /**
     * The host of a single server.
     *
     * @throws IllegalStateException if it is reached in another way
     */
    public String host() {
        return server().host();
    }

    /**
     * The port of a single server.
     *
     * @throws IllegalStateException if it is reached in another way
     */
    public int port() {
        return server().port();
    }

    private HostPort server() {
        if (place instanceof RedisPlace.Server server) {
            return server.at();
        }
        throw new IllegalStateException("place: " + place.address() + " (expected: one server)");
    }

    /** What to name in a message. */
    public String address() {
        return place.address();
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "RedisConfig[" + address() + ", db=" + db + ", login=" + login + ", tls=" + tls + ", keyPrefix="
                + keyPrefix + "]";
    }
}
