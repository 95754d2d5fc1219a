package dev.echoserver.config;

import java.util.Optional;

/**
 * How to reach the Redis that Laravel publishes to. The names are those of ioredis, as in laravel-echo-server.
 *
 * @param host name or address
 * @param port TCP port
 * @param username ACL user; empty means the default user
 * @param password its password
 * @param db database number; channels are not divided by it, stored presence is
 * @param path Unix domain socket, used instead of host and port
 * @param keyPrefix what Laravel puts in front of each channel and key, possibly empty
 */
public record RedisConfig(
        String host,
        int port,
        Optional<String> username,
        Optional<String> password,
        int db,
        Optional<String> path,
        String keyPrefix) {

    /** {@code host:port}, or the path of the socket: what to name in a message. */
    public String address() {
        return path.orElseGet(() -> (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "RedisConfig[%s, db=%d, username=%s, password=%s, keyPrefix=%s]"
                .formatted(address(), db, username, password.map(secret -> "(hidden)"), keyPrefix);
    }
}
