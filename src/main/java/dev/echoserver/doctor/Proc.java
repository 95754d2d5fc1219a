package dev.echoserver.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Linux tells about processes. Elsewhere, and about processes of other users, it knows less or nothing.
 *
 * <p>Source: {@code proc(5)}.
 *
 * @param root {@code /proc}
 */
record Proc(Path root) {
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    static Proc ofThisMachine() {
        return new Proc(Path.of("/proc"));
    }

    /** The command line of {@code pid}, without spaces at the ends. */
    Optional<List<String>> command(long pid) {
        return text(process(pid).resolve("cmdline"))
                .map(text -> Stream.of(text.split("\0", -1))
                        .filter(word -> !word.isEmpty())
                        .toList())
                .filter(words -> !words.isEmpty());
    }

    /** How many files {@code pid} may have open. */
    Optional<Integer> maxOpenFiles(long pid) {
        return text(process(pid).resolve("limits"))
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("Max open files"))
                        .map(line -> line.replaceFirst("Max open files\\s+", "").split("\\s+", -1)[0])
                        .map(soft -> soft.equals("unlimited")
                                ? Integer.MAX_VALUE
                                : (int) Math.min(Long.parseLong(soft), Integer.MAX_VALUE))
                        .findFirst());
    }

    /** Who listens on the TCP port {@code port}; empty if nobody does, or it is not to be seen. */
    Optional<Long> listenerOn(int port) {
        Set<String> sockets = Stream.of("tcp", "tcp6")
                .flatMap(file -> text(root.resolve("net").resolve(file)).stream())
                .flatMap(String::lines)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
                .filter(fields -> fields[LOCAL_ADDRESS].endsWith(String.format(Locale.ROOT, ":%04X", port)))
                .map(fields -> "socket:[" + fields[INODE] + "]")
                .collect(Collectors.toSet());
        return sockets.isEmpty() ? Optional.empty() : holderOf(sockets);
    }

    /**
     * The echo-server that listens on {@code port}: seen to do so, or one of another user, of whom that is not to be seen.
     */
    Optional<Long> serverOn(int port) {
        return listenerOn(port)
                .filter(this::isServer)
                .or(() -> first(each -> isServer(pid(each)) && !Files.isReadable(each.resolve("fd"))));
    }

    private boolean isServer(long pid) {
        List<String> words = command(pid).orElse(List.of());
        return words.contains("start") && words.stream().anyMatch(word -> word.endsWith("echo-server.jar"));
    }

    private Optional<Long> holderOf(Set<String> sockets) {
        return first(each -> holdsOneOf(each, sockets));
    }

    private Optional<Long> first(Predicate<Path> wanted) {
        try (Stream<Path> processes = Files.list(root)) {
            return processes
                    .filter(each -> each.getFileName().toString().matches("\\d+"))
                    .filter(wanted)
                    .map(Proc::pid)
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    private static long pid(Path process) {
        return Long.parseLong(process.getFileName().toString());
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) { // Another user's, or it has ended.
            return false;
        }
    }

    private Path process(long pid) {
        return root.resolve(Long.toString(pid));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
