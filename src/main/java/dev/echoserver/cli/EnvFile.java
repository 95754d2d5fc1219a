package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.php.EnvText;
import dev.echoserver.php.PhpValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The variables of a file {@code .env}, as Laravel reads them. */
final class EnvFile {
    private EnvFile() {}

    /** Whether {@code file} is there and cannot be read, so that its variables cannot be known. */
    static boolean isUnreadable(Path file) {
        try {
            contentOf(file);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The one that counts in {@code folder}: that of the environment which the process names, or else {@code .env}.
     *
     * <p>Source: Illuminate\Foundation\Bootstrap\LoadEnvironmentVariables#checkForSpecificEnvironmentFile.
     *
     * @param environment the variables of the process
     */
    static Path in(Path folder, Map<String, String> environment) {
        String name =
                PhpValue.ofVariable(environment.getOrDefault("APP_ENV", "")).text();
        Path own = folder.resolve(".env." + name);
        return !name.isEmpty() && Files.isRegularFile(own) ? own : folder.resolve(".env");
    }

    /**
     * Those of {@code folder}; none if there is no such file. One that cannot be read is only noticed: it belongs to the
     * application, which may keep it from the user of the server.
     */
    static Map<String, String> read(Path folder, Shell shell) {
        Path file = in(folder, shell.environment());
        try {
            Map<String, String> variables = EnvText.parse(contentOf(file), shell.environment());
            noticeBroken(file, variables, shell);
            return variables;
        } catch (IOException e) {
            shell.warn("Notice: " + file + " cannot be read, so its variables do not count: " + FileTrouble.of(e));
            return Map.of();
        }
    }

    private static void noticeBroken(Path file, Map<String, String> variables, Shell shell) {
        List<String> broken = variables.keySet().stream()
                .filter(name -> PhpValue.isBroken(variables.getOrDefault(name, "")))
                .toList();
        if (!broken.isEmpty()) {
            shell.warn("Notice: " + file + " is not UTF-8 text, so these variables are wrong: "
                    + String.join(", ", broken));
        }
    }

    /** With a replacement for each byte that is not UTF-8. */
    private static String contentOf(Path file) throws IOException {
        return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    }
}
