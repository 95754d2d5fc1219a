package dev.echoserver.tls;

import dev.echoserver.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what a file is known to have changed, be it written anew, replaced, or reached through a link that points elsewhere now.
 *
 * @param key the file itself, such as its inode
 */
record FileStamp(long bytes, FileTime modified, Optional<Object> key) {

    /** The stamps of all files of {@code config}; empty for one that is not there. */
    static List<Optional<FileStamp>> of(TlsConfig config) {
        return Stream.of(Optional.of(config.certPath()), Optional.of(config.keyPath()), config.chainPath())
                .flatMap(Optional::stream)
                .map(FileStamp::of)
                .toList();
    }

    private static Optional<FileStamp> of(String path) {
        try {
            BasicFileAttributes file = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
            return Optional.of(
                    new FileStamp(file.size(), file.lastModifiedTime(), Optional.ofNullable(file.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
