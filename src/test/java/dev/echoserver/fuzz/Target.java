package dev.echoserver.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that is fuzzed.
 *
 * @param corpus the inputs that are kept; the folder has the name of the class
 */
record Target(Path corpus) {
    private static final Path ALL = Path.of("src", "test", "resources", "fuzz");

    /** All of them, by name. */
    static List<Target> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(Target::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String className() {
        return corpus.getFileName().toString();
    }

    String name() {
        return className().substring(className().lastIndexOf('.') + 1);
    }

    List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.sorted().toList();
        }
    }

    /** Runs the target once. What it finds is thrown. */
    void run(byte[] input) throws Throwable {
        try {
            Class.forName(className())
                    .getMethod("fuzzerTestOneInput", byte[].class)
                    .invoke(null, (Object) input);
        } catch (InvocationTargetException found) {
            throw found.getCause() == null ? found : found.getCause();
        }
    }
}
