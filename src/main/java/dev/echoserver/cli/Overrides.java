package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that win over what the configuration file and the variables say. */
final class Overrides {
    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on, instead of all.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--auth-host", paramLabel = "URL", description = "Where Laravel is, e.g. https://app.example.com.")
    private Optional<String> authHost = Optional.empty();

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "What a log line is: text or json.")
    private Optional<String> logFormat = Optional.empty();

    @Option(names = "--log-file", paramLabel = "FILE", description = "Log to this file instead of stdout.")
    private Optional<String> logFile = Optional.empty();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Any key of the config file. May be repeated.",
                "Example: --set socketio.pingTimeout=30000",
                "Not for passwords: other users of this machine can see them. Use a variable."
            })
    private Map<String, String> keys = new LinkedHashMap<>();

    /** In the order in which they count. */
    List<Assignment> assignments() {
        List<Assignment> all = new ArrayList<>();
        keys.forEach((key, value) -> all.add(new Assignment(key, value, "--set " + key)));
        host.ifPresent(text -> all.add(new Assignment("host", text, "--host")));
        port.ifPresent(text -> all.add(new Assignment("port", text, "--port")));
        authHost.ifPresent(text -> all.add(new Assignment("authHost", text, "--auth-host")));
        logFormat.ifPresent(text -> all.add(new Assignment("log.format", text, "--log-format")));
        logFile.ifPresent(text -> all.add(new Assignment("log.file", text, "--log-file")));
        all.addAll(redis.assignments());
        return all;
    }
}
