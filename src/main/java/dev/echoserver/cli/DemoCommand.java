package dev.echoserver.cli;

import dev.echoserver.Demo;
import dev.echoserver.http.PortException;
import dev.echoserver.redis.RedisUnavailableException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the server at work, without any set-up. */
@Command(
        name = "demo",
        description = {
            "Start a server with a web page that shows events arriving, and lets you publish some.",
            "It needs no configuration. Redis: REDIS_URL if that is set, else a private one that ends with the demo."
        },
        footer = {"", "Examples:", "  echo-server demo", "  echo-server demo --port 8080"})
final class DemoCommand implements Runnable {
    private final Shell shell;
    private final Jvm jvm;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "6001",
            description = "The port of the page; if it is taken, a free one is used. Default: 6001")
    private int port = 6001;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Whoever reaches the page may publish. Default: 127.0.0.1")
    private String host = "127.0.0.1";

    DemoCommand(Shell shell, Jvm jvm) {
        this.shell = shell;
        this.jvm = jvm;
    }

    @Override
    public void run() {
        jvm.deferStop();
        try {
            Demo demo = Demo.start(
                    host, port, Optional.ofNullable(shell.environment().get("REDIS_URL")));
            shell.say("\nThe demo is running. Open this page in a browser:\n");
            shell.say("    http://" + host + ":" + demo.port() + "/demo\n");
            shell.say("Redis: " + demo.redis());
            shell.say("To stop: Ctrl+C.\n");
            jvm.runUntilStopped(demo::close);
        } catch (IllegalArgumentException | RedisUnavailableException | PortException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
