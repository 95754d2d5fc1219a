package dev.echoserver.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the variable of a key is called: {@code databaseConfig.redis.keyPrefix} is
 * {@code ECHO_SERVER_DATABASE_CONFIG_REDIS_KEY_PREFIX}, or shorter {@code ECHO_SERVER_REDIS_KEY_PREFIX}. The prefix
 * {@code LARAVEL_ECHO_SERVER_} is that of laravel-echo-server, whose twelve names all work.
 */
final class VariableNames {
    private static final String PREFIX = "ECHO_SERVER_";
    private static final String OLD_PREFIX = "LARAVEL_" + PREFIX;
    private static final String REDIS = "databaseConfig.redis.";

    /** Names of laravel-echo-server that are not made from the key. */
    private static final Map<String, String> OLD_NAMES = Map.of(
            "DEBUG", "devMode",
            "PROTO", "protocol",
            "SSL_CERT", "sslCertPath",
            "SSL_KEY", "sslKeyPath",
            "SSL_CHAIN", "sslCertChainPath",
            "SSL_PASS", "sslPassphrase");

    /** Variables of the launcher and of scripts; and those that Kubernetes and Docker make for a service of this name. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("JAVA_OPTS|CONFIG|SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?");

    private static final Pattern LINK = Pattern.compile("(tcp|udp)://.*");

    private final Map<String, String> keys = new TreeMap<>();

    VariableNames(Iterable<String> known) {
        for (String key : known) {
            if (key.startsWith(REDIS)) {
                keys.put("REDIS_" + nameOf(key.substring(REDIS.length())), key);
            }
            keys.put(nameOf(key), key);
        }
        keys.putAll(OLD_NAMES);
    }

    /** The variable of {@code key}. */
    static String variable(String key) {
        return PREFIX + nameOf(key);
    }

    private static String nameOf(String key) {
        return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])|\\.", "_").toUpperCase(Locale.ROOT);
    }

    /** What {@code layer} sets, weakest first: an object before the keys in it, an old name before a new one. */
    List<Assignment> assignments(Variables.Layer layer, Findings findings) {
        List<Assignment> found = new ArrayList<>();
        new TreeMap<>(layer.values()).descendingMap().forEach((name, text) -> {
            if (!text.isEmpty() && !isOfDocker(name, text)) {
                suffixOf(name)
                        .ifPresent(suffix -> Optional.ofNullable(keys.get(suffix))
                                .ifPresentOrElse(
                                        key -> found.add(new Assignment(key, text, name + layer.place())),
                                        () -> reportUnknown(name, suffix, layer.place(), findings)));
            }
        });
        found.sort(Comparator.comparingLong(assignment ->
                assignment.key().chars().filter(letter -> letter == '.').count()));
        return found;
    }

    /** Whether a variable called {@code name} is meant for this server. */
    static boolean isOurs(String name) {
        return suffixOf(name).isPresent();
    }

    /** Whether {@code name} is one of laravel-echo-server, whatever stands behind it. */
    static boolean isOfOldServer(String name) {
        return name.startsWith(OLD_PREFIX);
    }

    private static Optional<String> suffixOf(String name) {
        String prefix = name.startsWith(OLD_PREFIX) ? OLD_PREFIX : PREFIX;
        return Optional.of(name)
                .filter(full -> full.startsWith(prefix))
                .map(full -> full.substring(prefix.length()))
                .filter(suffix -> !OF_OTHERS.matcher(suffix).matches());
    }

    /** In laravel-echo-server a link sets the port; under the new name it is an accident of a service's name. */
    private static boolean isOfDocker(String name, String text) {
        return name.equals(PREFIX + "PORT") && LINK.matcher(text).matches();
    }

    private void reportUnknown(String name, String suffix, String place, Findings findings) {
        String prefix = name.substring(0, name.length() - suffix.length());
        String cure = EditDistance.nearest(suffix, keys.keySet())
                .map(near -> "Did you mean " + prefix + near + "?")
                .orElse("\"echo-server config\" lists all keys; the variable of authHost is " + variable("authHost"));
        findings.notice(name + place, "is not a known variable and has no effect", cure);
    }
}
