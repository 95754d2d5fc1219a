package dev.echoserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.cli.Backend.RunningServer;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server and keeps it running until the process is asked to end. */
@Command(
        name = "start",
        description = "Start the server.",
        footer = {
            "",
            "Examples:",
            "  echo-server start",
            "  echo-server start --dir /var/www/app --config laravel-echo-server.json",
            "",
            "Exit code: 0 stopped by a signal, 1 cannot start, 78 mistake in the config file."
        })
final class StartCommand implements Runnable {
    private final Shell shell;
    private final Backend backend;
    private final Jvm jvm;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--dev", description = "Log each join, leave and broadcast, whatever the config file says.")
    private boolean dev;

    @Option(names = "--force", description = "If a server with this config file is running, stop it first.")
    private boolean force;

    StartCommand(Shell shell, Backend backend, Jvm jvm) {
        this.shell = shell;
        this.backend = backend;
        this.jvm = jvm;
    }

    @Override
    public void run() {
        Path file = options.file(shell);
        ServerConfig config = ConfigOptions.read(file, overrides(), shell);
        LockFile lock = LockFile.beside(file);
        lock.owner().ifPresent(other -> makeWay(other, config));
        jvm.logInDetail(config.devMode());
        StartReport report = new StartReport(shell, config);
        report.starting();
        RunningServer server = backend.start(config, report);
        write(lock);
        report.running(server);
        serve(server, lock, new Reload(() -> ConfigOptions.read(file, overrides(), shell), config, server, jvm));
    }

    private ObjectNode overrides() {
        ObjectNode overrides = JsonNodeFactory.instance.objectNode();
        return dev ? overrides.put("devMode", true) : overrides;
    }

    private void makeWay(ProcessHandle other, ServerConfig config) {
        if (!force) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "There is already a server running, with process id " + other.pid() + "!\n"
                            + "Use the option --force to stop it and start another one.");
        }
        Termination.of(other, config.drain());
    }

    private void serve(RunningServer server, LockFile lock, Runnable reload) {
        jvm.runUntilStopped(
                () -> {
                    try {
                        server.close();
                    } finally {
                        lock.release();
                    }
                },
                reload);
    }

    private void write(LockFile lock) {
        try {
            lock.write();
        } catch (IOException e) {
            shell.warn("Warning: cannot write " + lock.path() + " (" + e + ").\n"
                    + "The server runs, but \"echo-server stop\" will not find it.");
        }
    }
}
