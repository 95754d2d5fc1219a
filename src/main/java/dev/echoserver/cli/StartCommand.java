package dev.echoserver.cli;

import dev.echoserver.cli.Backend.RunningServer;
import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.systemd.ServiceManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        UnknownArguments.notice(spec.commandLine()).ifPresent(shell::warn);
        ServerConfig config = read();
        LockFile lock = LockFile.beside(options.place(shell));
        lock.owner().ifPresent(other -> makeWay(other, config));
        StartReport report = new StartReport(people(config), config);
        report.starting();
        jvm.advice().ifPresent(people(config)::warn);
        jvm.deferStop();
        ServiceManager manager = backend.serviceManager(shell.environment());
        RunningServer server = backend.start(config, report.then(RedisStatus.told(manager, config)));
        if (!manager.isThere()) {
            write(lock, people(config));
        }
        report.running(server);
        manager.ready(server.loops());
        Runnable reload = new Reload(this::read, config, server, jvm);
        jvm.runUntilStopped(() -> stop(server, manager, lock), () -> manager.reloading(reload));
    }

    /** Reads the configuration, and from then on logs as it says: its notices are for the log, too. */
    private ServerConfig read() {
        Configuration configuration = options.configuration(shell, flags());
        ConfigResult result = configuration.read().result();
        if (result instanceof ConfigResult.Valid valid) {
            jvm.log(valid.config());
            return ConfigOptions.checked(configuration, result, people(valid.config())::warn);
        }
        return ConfigOptions.checked(configuration, result, shell::warn);
    }

    private Announcements people(ServerConfig config) {
        return new Announcements(shell, config.log());
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

    private static void stop(RunningServer server, ServiceManager manager, LockFile lock) {
        manager.stopping(server::connections);
        try {
            server.close();
        } finally {
            lock.release();
            manager.close();
        }
    }

    private static void write(LockFile lock, Announcements people) {
        try {
            lock.write();
        } catch (IOException e) {
            people.warn("Warning: cannot write " + lock.path() + ": " + FileTrouble.of(e) + ".\n"
                    + "The server runs, but \"echo-server stop\" will not find it.");
        }
    }
}
