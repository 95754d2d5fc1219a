package dev.echoserver.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the server that was started with the same configuration file. */
@Command(
        name = "stop",
        description = "Stop the server that was started with the same config file, and wait until it is gone.",
        footer = {"", "Example:", "  echo-server stop --dir /var/www/app"})
final class StopCommand implements Runnable {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        List<LockFile> locks =
                options.candidates(shell).stream().map(LockFile::beside).toList();
        LockFile lock = locks.stream()
                .filter(candidate -> candidate.owner().isPresent())
                .findFirst()
                .orElseThrow(() -> notRunning(locks));
        lock.owner().ifPresent(Termination::of);
        lock.remove();
        shell.say("Closed the running server.");
    }

    private static CommandFailure notRunning(List<LockFile> locks) {
        List<String> names = locks.stream().map(lock -> lock.path().toString()).toList();
        return new CommandFailure(
                CommandFailure.FAILED,
                "No server is running here (looked into " + String.join(", ", names) + ").\n"
                        + "If systemd or a container runs it, stop it there.");
    }
}
