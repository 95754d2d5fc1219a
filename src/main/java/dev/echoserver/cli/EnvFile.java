package dev.echoserver.cli;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables of a file {@code .env}, as they are written there. */
final class EnvFile {
    private EnvFile() {}

    static Path in(Path folder) {
        return folder.resolve(".env");
    }

    /**
     * Those of {@code folder}; none if there is no such file.
     *
     * @throws CommandFailure if the file is there and cannot be read
     */
    static Map<String, String> read(Path folder) {
        Map<String, String> variables = new HashMap<>();
        if (!Files.isRegularFile(in(folder))) {
            return variables;
        }
        try {
            Dotenv dotenv = Dotenv.configure()
                    .directory(folder.toString())
                    .ignoreIfMalformed()
                    .load();
            for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                variables.put(entry.getKey(), entry.getValue());
            }
        } catch (DotenvException e) {
            throw new CommandFailure("Cannot read " + in(folder) + ": " + e.getMessage(), e);
        }
        return variables;
    }
}
