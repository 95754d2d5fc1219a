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
     * Those of {@code folder}; none if there is no such file. One that cannot be read is only noticed: it belongs to the
     * application, which may keep it from the user of the server.
     */
    static Map<String, String> read(Path folder, Shell shell) {
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
            shell.warn("Notice: " + in(folder) + " cannot be read, so its variables do not count: " + e.getMessage());
        }
        return variables;
    }
}
