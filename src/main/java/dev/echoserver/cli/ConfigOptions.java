package dev.echoserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.ConfigIssue;
import dev.echoserver.config.ConfigReader;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
     * The file to use.
     *
     * @throws CommandFailure if it is not there
     */
    Path file(Shell shell) {
        List<Path> candidates = candidates(shell);
        return candidates.stream().filter(Files::isRegularFile).findFirst().orElseThrow(() -> notFound(candidates));
    }

    /** Where the file may be, first choice first. */
    List<Path> candidates(Shell shell) {
        return named(shell)
                .map(List::of)
                .orElseGet(() -> FILE_NAMES.stream().map(folder(shell)::resolve).toList());
    }

    private static CommandFailure notFound(List<Path> candidates) {
        List<String> names = candidates.stream().map(Path::toString).toList();
        return new CommandFailure(
                CommandFailure.BAD_CONFIG,
                "The config file could not be found: " + String.join(", ", names)
                        + ".\nMake one with: echo-server init. Or name it with --config and --dir.");
    }

    /** Reads {@code file} as it is. */
    static ServerConfig read(Path file, Shell shell) {
        return read(file, JsonNodeFactory.instance.objectNode(), shell);
    }

    /**
     * Reads {@code file} and prints its notices.
     *
     * @param overrides win over what the file says
     * @throws CommandFailure with all problems, if there are any
     */
    static ServerConfig read(Path file, ObjectNode overrides, Shell shell) {
        ConfigResult result = result(file, overrides);
        result.notices().forEach(notice -> shell.warn("Notice: " + file.getFileName() + " " + notice));
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        StringBuilder message = new StringBuilder("The config file cannot be used: " + file);
        for (ConfigIssue problem : result.problems()) {
            message.append("\n  ").append(problem);
        }
        throw new CommandFailure(CommandFailure.BAD_CONFIG, message.toString());
    }

    private static ConfigResult result(Path file, ObjectNode overrides) {
        try {
            return ConfigReader.read(file, overrides);
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "The config file cannot be read: " + e + ".\nCheck the owner and the permissions of the file.");
        }
    }
}
