package dev.echoserver.config;

import java.net.URI;
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

    private static final int DEFAULT_PORT = 6379;

    /** A Redis without password and prefix. */
    public static RedisConfig of(String host, int port) {
        return new RedisConfig(host, port, Optional.empty(), Optional.empty(), 0, Optional.empty(), "");
    }

    /** The Redis at {@code redis://[[user]:password@]host[:port]}. */
    public static RedisConfig ofUrl(URI url) {
        RedisConfig open = of(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
        if (url.getUserInfo() == null) {
            return open;
        }
        String[] user = url.getUserInfo().split(":", 2);
        Optional<String> name = Optional.of(user[0]).filter(text -> !text.isEmpty());
        return open.withCredentials(name, user[user.length - 1]);
    }

    /** The same Redis with another prefix. */
    public RedisConfig withKeyPrefix(String prefix) {
        return new RedisConfig(host, port, username, password, db, path, prefix);
    }

    /** The same Redis, entered with a password, and as {@code name} if given. */
    public RedisConfig withCredentials(Optional<String> name, String secret) {
        return new RedisConfig(host, port, name, Optional.of(secret), db, path, keyPrefix);
    }

    /** The same Redis by its socket file. */
    public RedisConfig withPath(String socket) {
        return new RedisConfig(host, port, username, password, db, Optional.of(socket), keyPrefix);
    }

    /** {@code host:port}, or the path of the socket: what to name in a message. */
    public String address() {
        return path.orElseGet(() -> (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "RedisConfig[" + address() + ", db=" + db + ", username=" + username.orElse("default") + ", password="
                + (password.isPresent() ? "(hidden)" : "none") + ", keyPrefix=" + keyPrefix + "]";
    }
}
