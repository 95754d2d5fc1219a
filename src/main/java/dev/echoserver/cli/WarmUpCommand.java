package dev.echoserver.cli;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigInputs;
import dev.echoserver.config.ConfigReader;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Starts a server that finds no Redis, asks it for its metrics and stops it again, so that all their classes are loaded
 * once. The build runs this to make the archive of classes with which the launcher starts faster.
 */
@Command(
        name = "warm-up",
        description =
                "Make the archive of classes with which a start takes half the CPU: after an installation by hand, a"
                        + " move, or with another Java.")
final class WarmUpCommand implements Runnable {
    private static final List<Assignment> NOBODY = List.of(
            new Assignment("host", "127.0.0.1", "warm-up"),
            new Assignment("port", "0", "warm-up"),
            new Assignment("management.port", "0", "warm-up"),
            new Assignment("databaseConfig.redis.port", "1", "warm-up"));
    private static final int PATIENCE_SECONDS = 10;

    private final Backend backend;

    WarmUpCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public void run() {
        ClassArchive.ofThisProcess().ifPresent(WarmUpCommand::demandWritable);
        CountDownLatch tried = new CountDownLatch(1);
        SourceListener redis = new SourceListener() {
            @Override
            public void listening() {
                tried.countDown();
            }

            @Override
            public void lost(String reason) {
                tried.countDown();
            }
        };
        try (Backend.RunningServer server = backend.start(config(), redis)) {
            if (!tried.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new CommandFailure(CommandFailure.FAILED, "No answer from the server on port " + server.port());
            }
            server.managementPort().ifPresent(WarmUpCommand::lookAtMetrics);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Java makes it when this process ends, and would say nothing. */
    private static void demandWritable(ClassArchive archive) {
        if (!archive.isWritable()) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "Cannot write " + archive.file() + ": this user has no permission.\nTry: sudo echo-server warm-up");
        }
    }

    private static void lookAtMetrics(int port) {
        try (InputStream metrics =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            metrics.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the way that a start goes; whatever stands in the folder of the build or in its environment is left out. */
    private static ServerConfig config() {
        try {
            ConfigInputs nobody = new ConfigInputs(Optional.empty(), Variables.NONE, NOBODY, List.of());
            if (ConfigReader.read(nobody).result() instanceof ConfigResult.Valid valid) {
                return valid.config();
            }
            throw new IllegalStateException("nobody: has mistakes (expected: none)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
