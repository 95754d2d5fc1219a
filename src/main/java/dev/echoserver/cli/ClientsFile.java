package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.ClientsText;
import dev.echoserver.config.ConfigIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration file whose clients are to be changed. The file alone is read: what variables say is never written. */
final class ClientsFile {
    private final Path path;
    private final ClientsText clients;

    private ClientsFile(Path path, ClientsText clients) {
        this.path = path;
        this.clients = clients;
    }

    /**
     * Reads {@code path}.
     *
     * @throws CommandFailure if it cannot be read or is not JSON with a list of clients
     */
    static ClientsFile of(Path path) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            List<ConfigIssue> problems = ClientsText.problems(bytes);
            if (!problems.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.BAD_CONFIG, "Nothing was changed in " + path + ":\n  " + problems.get(0));
            }
            return new ClientsFile(path, ClientsText.of(new String(bytes, UTF_8)));
        } catch (IOException e) {
            throw new CommandFailure("Cannot read " + path + ": " + FileTrouble.of(e) + ".", e);
        }
    }

    Path path() {
        return path;
    }

    ClientsText clients() {
        return clients;
    }

    /** Replaces the file. */
    void write(String text) {
        try {
            AtomicFile.replace(path, text);
        } catch (IOException e) {
            throw new CommandFailure("Cannot write " + path + ": " + FileTrouble.of(e) + ". Nothing was changed.", e);
        }
    }
}
