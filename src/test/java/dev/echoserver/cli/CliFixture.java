package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.TlsConfig;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Scope;
import dev.echoserver.systemd.ServiceManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The commands in a temporary folder, with a server that only records what it is told. */
final class CliFixture implements Backend, Jvm {
    static final String EMPTY_CONFIG = "{\n\t\"port\": 6001,\n\t\"clients\": []\n}\n";

    final Path folder;
    final List<String> trace = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Consumer<SourceListener> redis = SourceListener::listening;
    private Runnable whileRunning = () -> {};
    private Runnable reloading = () -> {};
    private long subscribers = 1;
    private boolean isPortTaken;
    private List<Finding> findings = List.of();
    private Optional<String> advice = Optional.empty();
    private Optional<Scope> examined = Optional.empty();
    private Optional<ServerConfig> started = Optional.empty();

    CliFixture(Path folder) {
        this.folder = folder;
    }

    CliFixture withFile(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CliFixture with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CliFixture withRedis(Consumer<SourceListener> behaviour) {
        redis = behaviour;
        return this;
    }

    CliFixture withSubscribers(long number) {
        subscribers = number;
        return this;
    }

    CliFixture withPortTaken() {
        isPortTaken = true;
        return this;
    }

    CliFixture withFindings(Finding... found) {
        findings = List.of(found);
        return this;
    }

    CliFixture withAdvice(String text) {
        advice = Optional.of(text);
        return this;
    }

    /** What was looked at. */
    Scope examined() {
        return examined.orElseThrow();
    }

    CliFixture whileRunning(Runnable action) {
        whileRunning = action;
        return this;
    }

    /** As a SIGHUP does; to be called while running. */
    void reload() {
        reloading.run();
    }

    int run(String... arguments) {
        return answering("", arguments);
    }

    int answering(String input, String... arguments) {
        Shell shell = new Shell(
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out),
                new PrintWriter(err),
                folder,
                environment);
        return Main.commandLine(shell, this, this).execute(arguments);
    }

    /** What the server was started with. */
    ServerConfig started() {
        return started.orElseThrow();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    String content(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a file, as {@code rw-r--r--}. */
    String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Override
    public RunningServer start(ServerConfig config, SourceListener listener) {
        if (isPortTaken) {
            throw new CommandFailure(CommandFailure.FAILED, "Port " + config.port() + " is taken");
        }
        trace.add("start port=" + config.port() + " devMode=" + config.devMode());
        started = Optional.of(config);
        redis.accept(listener);
        return new RunningServer() {
            @Override
            public int port() {
                return config.port();
            }

            @Override
            public Optional<Integer> httpsPort() {
                return config.tls().flatMap(TlsConfig::port);
            }

            @Override
            public Optional<Integer> managementPort() {
                return Optional.empty();
            }

            @Override
            public List<Executor> loops() {
                return List.of();
            }

            @Override
            public int connections() {
                return 0;
            }

            @Override
            public void reload(ServerConfig next) {
                trace.add("reload");
            }

            @Override
            public void close() {
                trace.add("close");
            }
        };
    }

    @Override
    public ServiceManager serviceManager(Map<String, String> environment) {
        return ServiceManager.NONE;
    }

    @Override
    public long publish(RedisConfig config, String channel, byte[] payload) {
        trace.add("publish " + config.keyPrefix() + channel + " " + new String(payload, UTF_8));
        return subscribers;
    }

    @Override
    public void examine(ServerConfig config, Scope scope, Examination.Report report) {
        examined = Optional.of(scope);
        report.section("All of it");
        findings.forEach(report::found);
    }

    @Override
    public void log(ServerConfig config) {
        if (config.devMode()) {
            trace.add("log in detail");
        }
    }

    @Override
    public Optional<String> advice() {
        return advice;
    }

    @Override
    public void deferStop() {}

    @Override
    public void runUntilStopped(Runnable cleanUp) {
        whileRunning.run();
        cleanUp.run();
    }

    @Override
    public void runUntilStopped(Runnable cleanUp, Runnable reload) {
        reloading = reload;
        runUntilStopped(cleanUp);
    }
}
