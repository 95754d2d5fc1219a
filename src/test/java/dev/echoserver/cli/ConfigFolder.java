package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder with files that may be a configuration, read as {@code start} reads them. */
public final class ConfigFolder {
    private final Path folder;

    /** Such a folder. */
    public ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes the file {@code name}. */
    public void put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /**
     * Reads all: {@code echo-server.json}, {@code .env}, and what a Laravel application has.
     *
     * @throws CommandFailure if a file cannot be read
     */
    public ConfigResult read(List<Assignment> flags) {
        Shell shell = new Shell(
                new BufferedReader(new StringReader("")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                folder,
                Map.of());
        Optional<Path> file = Optional.of(folder.resolve("echo-server.json")).filter(Files::exists);
        return new Configuration(file, folder, shell, flags).read().result();
    }
}
