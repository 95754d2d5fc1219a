package dev.echoserver.cli;

import dev.echoserver.config.ClientsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a client of the HTTP API from the configuration file. */
@Command(
        name = "client:remove",
        description = "Remove a client of the HTTP API from the config file.",
        footer = {"", "Example:", "  echo-server client:remove shop"})
final class ClientRemoveCommand implements Runnable {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    ClientRemoveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        ClientsFile file = ClientsFile.of(options.existing(shell));
        ClientsText clients = file.clients();
        if (!clients.has(id)) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "There is no client \"" + id + "\" in " + file.path() + ". Clients there: "
                            + (clients.ids().isEmpty() ? "none" : String.join(", ", clients.ids())) + ".");
        }
        file.write(clients.without(id));
        shell.say("Client removed: " + id);
        shell.say("A running server knows it until it is restarted.");
    }
}
