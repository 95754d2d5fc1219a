package dev.echoserver.cli;

import dev.echoserver.config.ClientsText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds a client of the HTTP API to the configuration file, or gives it a new key. */
@Command(
        name = "client:add",
        description = "Add a client of the HTTP API to the config file; give a known one a new key.",
        footer = {"", "Examples:", "  echo-server client:add", "  echo-server client:add shop"})
final class ClientAddCommand implements Runnable {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Its id. Default: a random one.")
    private Optional<String> id = Optional.empty();

    ClientAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String appId = id.orElseGet(() -> RandomHex.ofBytes(8));
        String key = RandomHex.ofBytes(16);
        ClientsFile file = ClientsFile.of(options.existing(shell));
        ClientsText clients = file.clients();
        file.write(clients.with(appId, key));
        shell.say((clients.has(appId) ? "API Client updated!" : "API Client added!") + "\nappId: " + appId + "\nkey: "
                + key);
        shell.say("A running server uses it after a restart.");
    }
}
