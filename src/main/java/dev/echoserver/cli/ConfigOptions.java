package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigIssue;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say where the configuration file is. */
final class ConfigOptions {
    /** In the order in which they are looked for. */
    static final List<String> FILE_NAMES = List.of("echo-server.json", "laravel-echo-server.json");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration file. Default: echo-server.json; if there is none, laravel-echo-server.json.")
    private Optional<String> config = Optional.empty();

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "FOLDER",
            description = "The folder of the configuration file. Default: the current folder.")
    private Optional<String> dir = Optional.empty();

    /** The folder that the file is in or would be in. */
    Path folder(Shell shell) {
        return shell.folder().resolve(dir.orElse("")).normalize();
    }

    /** The file named by {@code --config}, if it was given; an absolute name wins over {@code --dir}. */
    Optional<Path> named(Shell shell) {
        return config.map(name -> folder(shell).resolve(name));
    }

    /**
     * The file to use; empty if there is none in the folder.
     *
     * @throws CommandFailure if the file or the folder that was named is not there, or the folder is closed
     */
    Optional<Path> file(Shell shell) {
        requireAccess(folder(shell));
        List<Path> candidates = candidates(shell);
        Optional<Path> file = candidates.stream()
                .peek(ConfigOptions::requireFile)
                .filter(Files::isRegularFile)
                .findFirst();
        if (file.isEmpty() && (config.isPresent() || !Files.isDirectory(folder(shell)))) {
            throw notFound(candidates);
        }
        return file;
    }

    /**
     * The file to use.
     *
     * @throws CommandFailure if there is none
     */
    Path existing(Shell shell) {
        return file(shell).orElseThrow(() -> notFound(candidates(shell)));
    }

    /** The file to use, or where it would be. */
    Path place(Shell shell) {
        return file(shell).orElseGet(() -> candidates(shell).get(0));
    }

    /** All that the configuration comes from. */
    Configuration configuration(Shell shell, List<Assignment> flags) {
        Path folder = Optional.ofNullable(place(shell).getParent()).orElseGet(() -> folder(shell));
        return new Configuration(file(shell), folder, shell, flags);
    }

    /** Where the file may be, first choice first. */
    List<Path> candidates(Shell shell) {
        return named(shell)
                .map(List::of)
                .orElseGet(() -> FILE_NAMES.stream().map(folder(shell)::resolve).toList());
    }

    /** In a folder that is closed for this user a file seems to be missing; starting without it would surprise. */
    private static void requireAccess(Path folder) {
        if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "This user may not enter the folder " + folder
                            + ".\nCheck its owner and its permissions, or name another folder with --dir.");
        }
    }

    /** Nothing at all may be there, but what is there must not be taken for nothing. */
    private static void requireFile(Path place) {
        if (Files.isDirectory(place)) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "The config file " + place + " is a folder; Docker makes one where the file to mount is missing."
                            + "\nRemove the folder, and check the path of the file on the host.");
        }
        if (Files.isSymbolicLink(place) && !Files.exists(place)) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "The config file " + place
                            + " is a link to a file that is not there.\nCorrect or remove the link.");
        }
    }

    private static CommandFailure notFound(List<Path> candidates) {
        List<String> names = candidates.stream().map(Path::toString).toList();
        return new CommandFailure(
                CommandFailure.BAD_CONFIG,
                "The config file could not be found: " + String.join(", ", names)
                        + ".\nMake one with: echo-server init. Or name it with --config and --dir.");
    }

    /**
     * Reads the configuration and prints its notices.
     *
     * @throws CommandFailure with all problems, if there are any
     */
    static ServerConfig read(Configuration configuration, Shell shell) {
        return checked(configuration, configuration.read().result(), shell::warn);
    }

    /** The same for what was read before; {@code warn} takes the notices. */
    static ServerConfig checked(Configuration configuration, ConfigResult result, Consumer<String> warn) {
        if (configuration.file().isEmpty()) {
            warn.accept("Notice: there is no config file in " + configuration.folder()
                    + ". \"echo-server config\" shows the values that count, \"echo-server init\" makes a file.");
        }
        result.notices().forEach(notice -> warn.accept("Notice: " + notice));
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        throw mistakes(configuration, result);
    }

    private static CommandFailure mistakes(Configuration configuration, ConfigResult result) {
        String file = configuration.file().map(path -> " (" + path + ")").orElse("");
        StringBuilder message = new StringBuilder("The configuration has mistakes" + file + ":");
        for (ConfigIssue problem : result.problems()) {
            message.append("\n  ").append(problem);
        }
        return new CommandFailure(CommandFailure.BAD_CONFIG, message.toString());
    }
}
