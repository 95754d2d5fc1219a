package dev.echoserver.cli;

import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the server that was started with the same configuration file. */
@Command(
        name = "stop",
        description = "Stop the server that was started with the same config file, and wait until it is gone.",
        footer = {"", "Example:", "  echo-server stop --dir /var/www/app"})
final class StopCommand implements Runnable {
    private static final Duration DEFAULT_DRAIN = ServerConfig.defaults().drain();

    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        List<Path> files = options.candidates(shell);
        Path file = files.stream()
                .filter(candidate -> LockFile.beside(candidate).owner().isPresent())
                .findFirst()
                .orElseThrow(() -> notRunning(files));
        LockFile lock = LockFile.beside(file);
        lock.owner().ifPresent(server -> Termination.of(server, drain()));
        lock.remove();
        shell.say("Closed the running server.");
    }

    /** What the configuration says, if it still can be read. */
    private Duration drain() {
        try {
            ConfigResult result = options.configuration(shell, List.of()).read().result();
            return result instanceof ConfigResult.Valid valid ? valid.config().drain() : DEFAULT_DRAIN;
        } catch (CommandFailure unreadable) {
            return DEFAULT_DRAIN;
        }
    }

    private static CommandFailure notRunning(List<Path> files) {
        List<String> names = files.stream()
                .map(file -> LockFile.beside(file).path().toString())
                .toList();
        return new CommandFailure(
                CommandFailure.FAILED,
                "No server is running here (looked into " + String.join(", ", names) + ").\n"
                        + "If systemd or a container runs it, stop it there.");
    }
}
