package dev.echoserver.config;

import java.util.Optional;

/**
 * As whom to enter Redis or a Sentinel.
 *
 * @param username ACL user; empty means the default user
 * @param password its password; empty means that none is asked for
 */
public record RedisLogin(Optional<String> username, Optional<String> password) {
    /** Without a password. */
    public static final RedisLogin NONE = new RedisLogin(Optional.empty(), Optional.empty());

    /** All but the password. */
    @Override
    public String toString() {
        return username.orElse("default") + (password.isPresent() ? " with a password (hidden)" : " without password");
    }
}
