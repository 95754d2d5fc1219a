package dev.echoserver.cli;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.ServerConfig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Starts a server that finds no Redis and stops it again, so that all classes of a start are loaded once. The build runs
 * this to make the archive of classes with which the launcher starts faster.
 */
@Command(name = "warm-up", hidden = true, description = "Start and stop once. Used by the build.")
final class WarmUpCommand implements Runnable {
    private static final String NOBODY =
            "{\"host\":\"127.0.0.1\",\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":1}}}";
    private static final int PATIENCE_SECONDS = 10;

    private final Backend backend;

    WarmUpCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public void run() {
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
        try (Backend.RunningServer server = backend.start(ServerConfig.of(NOBODY), redis)) {
            if (!tried.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new CommandFailure(CommandFailure.FAILED, "No answer from the server on port " + server.port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
