package dev.echoserver.cli;

import dev.echoserver.cli.Backend.RunningServer;
import dev.echoserver.config.Assignment;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
            "  echo-server start --port 6010 --set databaseConfig.redis.db=1",
            "",
            "Exit code: 0 stopped by a signal, 1 cannot start, 78 mistake in the configuration."
        })
final class StartCommand implements Runnable {
    private final Shell shell;
    private final Backend backend;
    private final Jvm jvm;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private Overrides overrides = new Overrides();

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
        ServerConfig config = read();
        LockFile lock = LockFile.beside(options.place(shell));
        lock.owner().ifPresent(other -> makeWay(other, config));
        jvm.logInDetail(config.devMode());
        StartReport report = new StartReport(shell, config);
        report.starting();
        jvm.deferStop();
        RunningServer server = backend.start(config, report);
        write(lock);
        report.running(server);
        serve(server, lock, new Reload(this::read, config, server, jvm));
    }

    private ServerConfig read() {
        return ConfigOptions.read(options.configuration(shell, flags()), shell);
    }

    private List<Assignment> flags() {
        List<Assignment> flags = new ArrayList<>(overrides.assignments());
        if (dev) {
            flags.add(new Assignment("devMode", "true", "--dev"));
        }
        return flags;
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
            shell.warn("Warning: cannot write " + lock.path() + ": " + FileTrouble.of(e) + ".\n"
                    + "The server runs, but \"echo-server stop\" will not find it.");
        }
    }
}
