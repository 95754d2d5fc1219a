package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis as URL, in the ways of ioredis, Laravel and phpredis: {@code redis://}, {@code tcp://}, {@code rediss://},
 * {@code tls://}, {@code unix://}.
 *
 * <p>Pieces are percent-decoded. A password may also stand there as it is: what follows the last {@code @} is the host.
 */
record RedisUrl(
        boolean isTls,
        Optional<String> path,
        String host,
        Optional<Integer> port,
        RedisLogin login,
        Optional<Integer> db) {
    static final int DEFAULT_PORT = 6379;
    static final String SHAPE = "redis://user:password@host:6379/0, rediss://… for TLS, or unix:///path/of/redis.sock";

    private static final Pattern SOCKET = Pattern.compile("unix:(?://)?(/[^?]+)(?:\\?.*)?");
    private static final Pattern URL = Pattern.compile("(redis|tcp|rediss|tls|ssl)://(?:(?<user>.*)@)?"
            + "(?:\\[(?<six>[0-9a-fA-F:.%]+)]|(?<host>[^\\[\\]:/?#@\\s]+))(?::(?<port>\\d{1,5}))?"
            + "(?:/(?<db>\\d{0,9}))?(?:\\?.*)?");

    /** Whether a text that may be the mere name of a host is meant as URL. */
    static boolean isUrl(String text) {
        return text.contains("://");
    }

    static Optional<RedisUrl> parse(String text) {
        Matcher socket = SOCKET.matcher(text);
        if (socket.matches()) {
            Optional<String> path = Optional.of(decode(socket.group(1)));
            return Optional.of(new RedisUrl(false, path, "", Optional.empty(), RedisLogin.NONE, Optional.empty()));
        }
        Matcher url = URL.matcher(text);
        return url.matches() && port(url).orElse(1) <= 65_535 && port(url).orElse(1) > 0
                ? Optional.of(of(url))
                : Optional.empty();
    }

    private static RedisUrl of(Matcher url) {
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(url.group("six")).orElseGet(() -> url.group("host"));
        return new RedisUrl(
                !scheme.equals("redis") && !scheme.equals("tcp"),
                Optional.empty(),
                host,
                port(url),
                login(Optional.ofNullable(url.group("user")).orElse("")),
                number(url, "db"));
    }

    /** {@code user:password}, {@code :password}, or, as old URLs have it, {@code password} alone. */
    private static RedisLogin login(String text) {
        String[] parts = text.split(":", 2);
        Optional<String> password = filled(parts[parts.length - 1]);
        return new RedisLogin(parts.length == 2 ? filled(parts[0]) : Optional.empty(), password);
    }

    private static Optional<String> filled(String text) {
        return Optional.of(decode(text)).filter(decoded -> !decoded.isEmpty());
    }

    /** As it is if the percent signs in it mean themselves. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static Optional<Integer> port(Matcher url) {
        return number(url, "port");
    }

    private static Optional<Integer> number(Matcher url, String group) {
        return Optional.ofNullable(url.group(group))
                .filter(digits -> !digits.isEmpty())
                .map(Integer::valueOf);
    }

    RedisPlace place(int otherwisePort) {
        return path.<RedisPlace>map(RedisPlace.SocketFile::new)
                .orElseGet(() -> new RedisPlace.Server(new HostPort(host, port.orElse(otherwisePort))));
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "RedisUrl[" + path.orElse(host) + ", login=" + login + "]";
    }
}
