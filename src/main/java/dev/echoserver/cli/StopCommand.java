package dev.echoserver.cli;

import java.nio.file.Path;
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
        Path file = options.file(shell);
        LockFile lock = LockFile.beside(file);
        ProcessHandle server = lock.owner()
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.FAILED,
                        "No server is running with " + file + " (looked into " + lock.path() + ").\n"
                                + "If it was started by systemd or in a container, stop it there."));
        Termination.of(server);
        lock.remove();
        shell.say("Closed the running server.");
    }
}
