package dev.echoserver.cli;

import dev.echoserver.config.ConfigIssue;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for the reason why events do not arrive. */
@Command(
        name = "doctor",
        description = {
            "Find out why events do not arrive: try each part of the way, and say what to do.",
            "Checks the configuration, this machine, Redis, the application, and with --url the proxy.",
            "Changes nothing. The server may be running or not."
        },
        footer = {
            "",
            "Examples:",
            "  echo-server doctor",
            "  sudo echo-server doctor --dir /etc/echo-server",
            "  echo-server doctor --url https://app.example.com --quiet 30",
            "  echo-server doctor --json --seconds 0",
            "",
            "Exit code: 0 no fault (there may be warnings), 1 faults, 78 mistake in the configuration."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Shell shell;
    private final Backend backend;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where browsers connect, such as https://app.example.com: try the whole way through the proxy.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--quiet",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "With --url: keep a WebSocket quiet for N seconds at most, to see whether the proxy cuts it before the server"
                        + " pings. 0: not at all. Default: 0."
            })
    private int quiet;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long to listen to Redis for events of the application; 0: not at all. Default: 5.")
    private int seconds = 5;

    @Option(
            names = "--json",
            description =
                    "Print the findings as JSON: [{\"id\", \"level\", \"section\", \"what\", \"why\", \"cure\"}].")
    private boolean json;

    @Mixin
    private Overrides overrides = new Overrides();

    DoctorCommand(Shell shell, Backend backend) {
        this.shell = shell;
        this.backend = backend;
    }

    @Override
    public Integer call() {
        if (quiet > 0 && url.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "--quiet needs --url\nWrite it as in: --url https://app.example.com --quiet " + quiet);
        }
        Configuration configuration = options.configuration(shell, overrides.assignments());
        DoctorReport report = json ? new JsonDoctorReport(shell) : new TextDoctorReport(shell);
        ConfigResult result = configuration.read().result();
        tell(configuration, result, report);
        if (result instanceof ConfigResult.Valid valid) {
            backend.examine(valid.config(), scope(valid.config()), report);
        }
        report.end();
        return exitCode(result, report);
    }

    private static int exitCode(ConfigResult result, DoctorReport report) {
        if (!result.problems().isEmpty()) {
            return CommandFailure.BAD_CONFIG;
        }
        return report.faults() > 0 ? CommandFailure.FAILED : 0;
    }

    private static void tell(Configuration configuration, ConfigResult result, Examination.Report report) {
        report.section("The configuration");
        if (result.problems().isEmpty()) {
            report.found(Finding.ok("config", whereFrom(configuration)));
        }
        result.problems().forEach(problem -> report.found(mistake(problem)));
        result.notices().forEach(notice -> report.found(oddity(notice)));
    }

    private static String whereFrom(Configuration configuration) {
        return configuration
                .file()
                .map(file -> file + " has no mistakes")
                .orElseGet(() -> "There is no config file in " + configuration.folder()
                        + ", so defaults, variables and a Laravel project there count");
    }

    private static Finding mistake(ConfigIssue issue) {
        return Finding.fault("config.mistake", what(issue), "The server does not start with it.", issue.cure());
    }

    private static Finding oddity(ConfigIssue issue) {
        return Finding.warning(
                "config.notice", what(issue), "The server starts, but perhaps not as it was meant.", issue.cure());
    }

    private static String what(ConfigIssue issue) {
        return issue.path() + ": " + issue.message();
    }

    private Scope scope(ServerConfig config) {
        return new Scope(
                LockFile.beside(options.place(shell)).owner().map(ProcessHandle::pid),
                url.map(text -> url(text, config.socketio().path())),
                Duration.ofSeconds(Math.max(0, quiet)),
                Duration.ofSeconds(Math.max(0, seconds)));
    }

    /** Without a scheme it is https, without a path that of the configuration. */
    private static URI url(String text, String path) {
        String full = text.contains("://") ? text : "https://" + text;
        try {
            URI given = URI.create(full.replaceFirst("/+$", ""));
            boolean isHttp = "https".equals(given.getScheme()) || "http".equals(given.getScheme());
            if (isHttp && given.getHost() != null && given.getRawQuery() == null) {
                return given.getRawPath().isEmpty() ? URI.create(given + path) : given;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same explanation.
        }
        throw new CommandFailure(
                CommandFailure.FAILED, "This is no URL: " + text + "\nWrite it as in: --url https://app.example.com");
    }
}
