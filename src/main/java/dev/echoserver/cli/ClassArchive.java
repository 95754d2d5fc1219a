package dev.echoserver.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The archive of classes with which a start takes half the CPU. Java leaves one out without a word that does not fit: made by
 * another Java, or for a program in another folder.
 *
 * <p>On Linux the memory map of the process shows whether it is in use; elsewhere nothing is known.
 */
final class ClassArchive {
    /** Set by the launcher: where the archive is, or would be. */
    static final String PROPERTY = "echoserver.classArchive";

    private final Path file;
    private final Path memoryMap;

    /** {@code memoryMap} is laid out as {@code /proc/self/maps}. */
    ClassArchive(Path file, Path memoryMap) {
        this.file = file;
        this.memoryMap = memoryMap;
    }

    /** That of this process; empty if it was not started by the launcher. */
    static Optional<ClassArchive> ofThisProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(file -> new ClassArchive(Path.of(file), Path.of("/proc/self/maps")));
    }

    /** What to say if this process does without it. */
    Optional<String> advice() {
        boolean isThere = Files.isRegularFile(file);
        if (isInUse()) {
            return Optional.empty();
        }
        String what = isThere
                ? "does not fit: it was made by another Java or for another folder, or an agent of Java forbids it"
                : "is missing";
        return Optional.of(
                "Notice: the class archive " + file + " " + what + ". A start takes twice the CPU without it.\n"
                        + "Make it with: " + (isWritable() ? "" : "sudo ") + "echo-server warm-up");
    }

    /** True also where that cannot be known. */
    private boolean isInUse() {
        try {
            String path = Files.exists(file) ? file.toRealPath().toString() : file.toString();
            return Files.readString(memoryMap).lines().anyMatch(line -> line.endsWith(" " + path));
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Whether this user may make it. */
    boolean isWritable() {
        return Files.isWritable(AtomicFile.folder(file));
    }

    Path file() {
        return file;
    }
}
