package dev.echoserver.interop;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A library with which applications connect. Its script opens clients with polling, a WebSocket, and its default. */
@SuppressWarnings("ImmutableEnumChecker") // The list is a copy, and cannot be changed.
enum ClientLibrary {
    /** socket.io-client 2.5, 3.1 and 4.8. */
    NODE("target/test-js", 9, "node", "clients.mjs"),
    /** For Java and Android: the last version for servers of socket.io 2. */
    JAVA_1_0_2("target/clients/java-1.0.2", 3, java(), "-XX:TieredStopAtLevel=1", "-cp", "*", script("Clients.java")),
    /** For Java and Android: the present version. */
    JAVA_2_1_2("target/clients/java-2.1.2", 3, java(), "-XX:TieredStopAtLevel=1", "-cp", "*", script("Clients.java")),
    /** python-socketio as Debian has it. */
    PYTHON("src/test/clients", 3, "python3", "clients.py");

    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private final Path folder;
    private final int clients;
    private final List<String> command;

    ClientLibrary(String folder, int clients, String... command) {
        this.folder = Path.of(folder);
        this.clients = clients;
        this.command = List.of(command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String script(String name) {
        return Path.of("src/test/clients", name).toAbsolutePath().toString();
    }

    /** Starts its clients for {@code server}, with {@code more} arguments; skips the running test where they cannot run. */
    Visitors visit(URI server, String... more) {
        List<String> all = new ArrayList<>(command);
        all.set(0, program());
        all.addAll(List.of(name().toLowerCase(Locale.ROOT), server.toString()));
        all.addAll(List.of(more));
        return new Visitors(RunningProgram.start(folder, Map.of(), all.toArray(String[]::new)), clients);
    }

    private String program() {
        if (this != PYTHON) {
            Requirement.program(command.get(0));
            return command.get(0);
        }
        return PYTHONS.stream().filter(ClientLibrary::hasSocketIo).findFirst().orElseGet(() -> {
            Requirement.unmet(
                    "Python: no socketio (expected: Debian's python3-socketio, python3-requests, python3-websocket)");
            return "";
        });
    }

    private static boolean hasSocketIo(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import socketio, requests, websocket")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
