package dev.echoserver.redis;

import java.util.Optional;

/**
 * How to reach Redis, and which part of it is ours.
 *
 * @param host a name or an address; unused with a socket path
 * @param database numbers the keys; pub/sub has none, so it does not matter to broadcasts
 * @param unixSocketPath instead of host and port
 * @param keyPrefix in front of every key and of every channel's name; empty for none
 */
public record RedisSettings(
        String host,
        int port,
        Optional<String> username,
        Optional<String> password,
        int database,
        Optional<String> unixSocketPath,
        String keyPrefix) {

    /** A Redis without password and prefix. */
    public static RedisSettings of(String host, int port) {
        return new RedisSettings(host, port, Optional.empty(), Optional.empty(), 0, Optional.empty(), "");
    }

    /** The same Redis with another prefix. */
    public RedisSettings withKeyPrefix(String prefix) {
        return new RedisSettings(host, port, username, password, database, unixSocketPath, prefix);
    }

    /** The same Redis, entered with a password, and as {@code name} if given. */
    public RedisSettings withCredentials(Optional<String> name, String secret) {
        return new RedisSettings(host, port, name, Optional.of(secret), database, unixSocketPath, keyPrefix);
    }

    /** The same Redis by its socket file. */
    public RedisSettings withUnixSocketPath(String path) {
        return new RedisSettings(host, port, username, password, database, Optional.of(path), keyPrefix);
    }

    /** Where this is, for people: {@code host:port} or the path. */
    public String address() {
        return unixSocketPath.orElseGet(() -> host + ":" + port);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "RedisSettings[" + address() + ", username=" + username.orElse("default") + ", password="
                + (password.isPresent() ? "***" : "none") + ", database=" + database + ", keyPrefix=" + keyPrefix + "]";
    }
}
