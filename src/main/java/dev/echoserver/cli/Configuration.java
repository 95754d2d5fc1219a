package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigInputs;
import dev.echoserver.config.ConfigReader;
import dev.echoserver.config.ConfigReading;
import dev.echoserver.config.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration of one command comes from: a file, variables, flags, or without a file the Laravel application
 * in the folder. Each reading looks at the files again.
 */
final class Configuration {
    private final Optional<Path> file;
    private final Path folder;
    private final Shell shell;
    private final List<Assignment> flags;

    /** {@code folder} is that of the file, or where it would be. */
    Configuration(Optional<Path> file, Path folder, Shell shell, List<Assignment> flags) {
        this.file = file;
        this.folder = folder;
        this.shell = shell;
        this.flags = List.copyOf(flags);
    }

    /** The file, if there is one. */
    Optional<Path> file() {
        return file;
    }

    /** The folder of the file, or the one that it would be in. */
    Path folder() {
        return folder;
    }

    /**
     * Reads all of it.
     *
     * @throws CommandFailure if a file cannot be read; what is wrong in it is in the result
     */
    ConfigReading read() {
        Map<String, String> beside = EnvFile.read(folder, shell);
        Variables variables = variables(beside);
        LaravelProject laravel = LaravelProject.in(folder, beside, shell.environment());
        try {
            return ConfigReader.read(new ConfigInputs(file, variables, flags, laravel.assignments()));
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "The config file cannot be read"
                            + file.map(path -> " (" + path + ")").orElse("") + ": " + FileTrouble.of(e)
                            + ".\nCheck the owner and the permissions of the file.");
        }
    }

    /** As in laravel-echo-server the {@code .env} of the current folder counts; below it the one beside the file. */
    private Variables variables(Map<String, String> beside) {
        Variables variables = Variables.of(shell.environment());
        if (!folder.equals(shell.folder())) {
            variables = variables.over(
                    EnvFile.in(shell.folder(), shell.environment()).toString(), EnvFile.read(shell.folder(), shell));
        }
        return variables.over(EnvFile.in(folder, shell.environment()).toString(), beside);
    }
}
