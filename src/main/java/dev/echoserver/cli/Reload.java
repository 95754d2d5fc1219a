package dev.echoserver.cli;

import dev.echoserver.cli.Backend.RunningServer;
import dev.echoserver.config.ServerConfig;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and takes over what a running server can: certificate and key, who may use the HTTP
 * API, and how it logs. Names what else has changed. If anything is wrong, all stays as it was; but the log file is opened
 * anew in any case, because that is how a log is rotated.
 */
final class Reload implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Supplier<ServerConfig> source;
    private final ServerConfig started;
    private final RunningServer server;
    private final Jvm jvm;
    private ServerConfig inForce;

    /**
     * @param source reads the configuration, and logs as it says; throws a {@link CommandFailure} if it cannot be used
     * @param started what the server was started with
     */
    Reload(Supplier<ServerConfig> source, ServerConfig started, RunningServer server, Jvm jvm) {
        this.source = source;
        this.started = started;
        this.server = server;
        this.jvm = jvm;
        this.inForce = started;
    }

    @Override
    public void run() {
        try {
            ServerConfig next = source.get();
            server.reload(next);
            inForce = next;
            log.info("Reloaded the configuration");
            Set<String> late = started.restartsFor(next);
            if (!late.isEmpty()) {
                log.warn("Changed, but only in force after a restart: {}", String.join(", ", late));
            }
        } catch (CommandFailure e) {
            logAsBefore();
            log.error("Not reloaded, all stays as it was. {}", e.explanation());
        }
    }

    private void logAsBefore() {
        try {
            jvm.log(inForce);
        } catch (CommandFailure e) {
            log.error("{}", e.explanation());
        }
    }
}
