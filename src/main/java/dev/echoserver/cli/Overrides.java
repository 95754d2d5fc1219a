package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that win over what the configuration file and the variables say. */
final class Overrides {
    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on, instead of all.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--auth-host", paramLabel = "URL", description = "Where Laravel is, e.g. https://app.example.com.")
    private Optional<String> authHost = Optional.empty();

    @Option(names = "--redis-host", paramLabel = "HOST", description = "Host of the Redis that Laravel publishes to.")
    private Optional<String> redisHost = Optional.empty();

    @Option(names = "--redis-port", paramLabel = "PORT", description = "Its port.")
    private Optional<String> redisPort = Optional.empty();

    @Option(names = "--key-prefix", paramLabel = "TEXT", description = "What Laravel puts in front of its channels.")
    private Optional<String> keyPrefix = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Any key of the config file, e.g. --set socketio.pingTimeout=30000. May be repeated.",
                "Not for passwords: other users of this machine can see them. Use a variable."
            })
    private Map<String, String> keys = new LinkedHashMap<>();

    /** In the order in which they count. */
    List<Assignment> assignments() {
        List<Assignment> all = new ArrayList<>();
        keys.forEach((key, value) -> all.add(new Assignment(key, value, "--set " + key)));
        add(all, "--host", "host", host);
        add(all, "--port", "port", port);
        add(all, "--auth-host", "authHost", authHost);
        add(all, "--redis-host", "databaseConfig.redis.host", redisHost);
        add(all, "--redis-port", "databaseConfig.redis.port", redisPort);
        add(all, "--key-prefix", "databaseConfig.redis.keyPrefix", keyPrefix);
        return all;
    }

    private static void add(List<Assignment> all, String flag, String key, Optional<String> value) {
        value.ifPresent(text -> all.add(new Assignment(key, text, flag)));
    }
}
