package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say where Laravel's Redis is, whatever the configuration file and the variables say. */
final class RedisOptions {
    @Option(names = "--redis-host", paramLabel = "HOST", description = "Host of the Redis that Laravel publishes to.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--redis-port", paramLabel = "PORT", description = "Its port.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--key-prefix", paramLabel = "TEXT", description = "What Laravel puts in front of its channels.")
    private Optional<String> keyPrefix = Optional.empty();

    List<Assignment> assignments() {
        return Stream.of(
                        host.map(text -> new Assignment("databaseConfig.redis.host", text, "--redis-host")),
                        port.map(text -> new Assignment("databaseConfig.redis.port", text, "--redis-port")),
                        keyPrefix.map(text -> new Assignment("databaseConfig.redis.keyPrefix", text, "--key-prefix")))
                .flatMap(Optional::stream)
                .toList();
    }
}
