package dev.echoserver.cli;

import dev.echoserver.php.EnvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The variables of a file {@code .env}, as Laravel reads them. */
final class EnvFile {
    private EnvFile() {}

    /** Whether there is one whose variables cannot be known. */
    static boolean isUnreadable(Path folder) {
        try {
            contentOf(folder);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static Path in(Path folder) {
        return folder.resolve(".env");
    }

    /**
     * Those of {@code folder}; none if there is no such file. One that cannot be read is only noticed: it belongs to the
     * application, which may keep it from the user of the server.
     */
    static Map<String, String> read(Path folder, Shell shell) {
        try {
            return EnvText.parse(contentOf(folder), shell.environment());
        } catch (IOException e) {
            shell.warn(
                    "Notice: " + in(folder) + " cannot be read, so its variables do not count: " + FileTrouble.of(e));
            return Map.of();
        }
    }

    private static String contentOf(Path folder) throws IOException {
        return Files.isRegularFile(in(folder)) ? Files.readString(in(folder)) : "";
    }
}
