package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a file so that it is either the old one or the new one, never half of it, even if the power fails.
 *
 * <p>A file that is a mount point cannot be replaced, nor can one in a folder that this user may not write; then its content
 * is overwritten. If that fails, the old content is written back; if the power fails meanwhile, the file may be broken, and
 * the new text is in the hidden file beside it that ends with {@code .new}, unless the folder could not be written.
 */
final class AtomicFile {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOR_GROUP = PosixFilePermissions.fromString("rw-r-----");

    private AtomicFile() {}

    /** How a new file takes the place of an old one. */
    interface Replacement {
        /** Renames {@code fresh} to {@code old}, which it replaces. */
        void replace(Path fresh, Path old) throws IOException;
    }

    /** Replaces what {@code file} holds. Its owner, its permissions and a symbolic link to it stay. */
    static void replace(Path file, String text) throws IOException {
        replace(file, text, AtomicFile::rename);
    }

    static void replace(Path file, String text, Replacement replacement) throws IOException {
        Path real = file.toRealPath();
        Optional<PosixFileAttributes> attributes = posix(real).isPresent()
                ? Optional.of(Files.readAttributes(real, PosixFileAttributes.class))
                : Optional.empty();
        write(real, text, attributes, replacement);
    }

    private static void rename(Path fresh, Path old) throws IOException {
        Files.move(fresh, old, ATOMIC_MOVE);
    }

    /** Writes a file that only its owner can read; and the {@link #readers} of its folder, if it has some. */
    static void writePrivately(Path file, String text) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file;
        write(real, text, Optional.empty(), AtomicFile::rename);
        Optional<GroupPrincipal> readers = readers(folder(real));
        if (readers.isPresent()) {
            PosixFileAttributeView view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
            giveTo(readers.get(), view);
        }
    }

    /** Changes nothing that is right already: only the owner may. */
    private static void giveTo(GroupPrincipal group, PosixFileAttributeView view) throws IOException {
        PosixFileAttributes now = view.readAttributes();
        if (!now.group().equals(group)) {
            view.setGroup(group);
        }
        if (!now.permissions().contains(GROUP_READ) || now.permissions().contains(OTHERS_READ)) {
            view.setPermissions(FOR_GROUP);
        }
    }

    /** The group of {@code folder}, if it is the only one that may enter: such a folder is for what a service reads. */
    static Optional<GroupPrincipal> readers(Path folder) throws IOException {
        if (posix(folder).isEmpty()) {
            return Optional.empty();
        }
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        boolean isForGroup = attributes.permissions().contains(GROUP_EXECUTE)
                && !attributes.permissions().contains(OTHERS_EXECUTE);
        return isForGroup ? Optional.of(attributes.group()) : Optional.empty();
    }

    /** The folder that {@code file} is in. */
    static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    /** Without {@code like} the file becomes a private one. */
    private static void write(Path real, String text, Optional<PosixFileAttributes> like, Replacement replacement)
            throws IOException {
        Path folder = folder(real);
        Path fresh;
        try {
            fresh = Files.createTempFile(folder, "." + real.getFileName(), ".new", privateIfPossible(folder));
        } catch (IOException closedFolder) {
            overwrite(real, text, like.isEmpty(), closedFolder);
            return;
        }
        try {
            fill(fresh, text.getBytes(UTF_8));
            exchange(fresh, real, like, replacement);
        } catch (FileSystemException mountPoint) {
            overwrite(real, text, like.isEmpty(), mountPoint);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void exchange(Path fresh, Path real, Optional<PosixFileAttributes> like, Replacement replacement)
            throws IOException {
        if (like.isPresent()) {
            makeLike(fresh, like.get());
        }
        replacement.replace(fresh, real);
    }

    /** Writes into the file that is there; {@code because} says why it is not replaced. */
    private static void overwrite(Path real, String text, boolean isPrivate, IOException because) throws IOException {
        if (!Files.isWritable(real)) {
            throw because;
        }
        byte[] before = Files.readAllBytes(real);
        if (isPrivate && posix(real).isPresent()) {
            keepFromOthers(real);
        }
        try {
            fill(real, text.getBytes(UTF_8));
        } catch (IOException full) {
            fill(real, before);
            throw full;
        }
    }

    /** A file of another user can be written, but its permissions stay: they are good enough if they shut others out. */
    private static void keepFromOthers(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PRIVATE);
        } catch (FileSystemException foreign) {
            if (Files.getPosixFilePermissions(file).contains(OTHERS_READ)) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "its permissions cannot be changed, and everybody can read it; let its owner shut others out"
                                + " (chmod o= " + file + "), or run this as its owner");
            }
        }
    }

    private static FileAttribute<?>[] privateIfPossible(Path folder) {
        return posix(folder).isPresent()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                : new FileAttribute<?>[0];
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(bytes.limit());
            channel.force(true);
        }
    }

    /** The owner first: changing it takes permissions away. Only root may give a file away; that fails before the move. */
    private static void makeLike(Path fresh, PosixFileAttributes like) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        if (!now.group().equals(like.group())) {
            view.setGroup(like.group());
        }
        view.setPermissions(like.permissions());
    }

    private static Optional<PosixFileAttributeView> posix(Path path) {
        return Optional.ofNullable(
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }
}
