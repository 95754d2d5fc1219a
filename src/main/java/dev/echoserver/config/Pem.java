package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Certificates or a key in PEM format. Files are read anew each time, so that one that was renewed counts from then on.
 *
 * @param parts each either the PEM text itself, as Node's {@code tls} options have it, or the path of a file with it
 */
public record Pem(List<String> parts) {
    private static final String BEGIN = "-----BEGIN ";

    /** Copies the list. */
    public Pem {
        parts = List.copyOf(parts);
    }

    /** One text, or one path. */
    public static Pem of(String part) {
        return new Pem(List.of(part));
    }

    /**
     * All parts, one below the other.
     *
     * @throws IOException if a file cannot be read; the message names it
     */
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.contains(BEGIN) ? part.replace("\\n", "\n") : read(part))
                    .append('\n');
        }
        return text.toString();
    }

    private static String read(String path) throws IOException {
        try {
            return Files.readString(Path.of(path), ISO_8859_1); // Never fails for what stands around the blocks.
        } catch (InvalidPathException e) {
            throw new IOException(path, e);
        }
    }

    /** What to name in a message: the paths; texts are left out, because a key is a secret. */
    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part.contains(BEGIN) ? "(text)" : part)
                .collect(Collectors.joining(", "));
    }
}
