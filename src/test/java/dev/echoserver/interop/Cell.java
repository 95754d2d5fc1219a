package dev.echoserver.interop;

import dev.echoserver.testing.NodeProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cell of the matrix: a script that drives one version of the client over one choice of transports.
 *
 * @param name for people
 * @param script in {@code src/test/js}
 * @param arguments of the script, without the URL
 */
public record Cell(String name, String script, List<String> arguments) {
    private static final List<String> TRANSPORTS = List.of("polling", "websocket", "default");

    /** Copies {@code arguments}. */
    public Cell {
        arguments = List.copyOf(arguments);
    }

    /** Every client version over every choice of transports, in Node. */
    public static Stream<Cell> inNode() {
        return clients()
                .flatMap(client -> TRANSPORTS.stream()
                        .map(transport -> new Cell(
                                "client " + client + ", " + transport,
                                "interop.mjs",
                                List.of("--client", client, "--transport", transport))));
    }

    /** Every client version with its default transports, in Chromium. */
    public static Stream<Cell> inBrowser() {
        return clients()
                .map(client -> new Cell("client " + client + ", Chromium", "browser.mjs", List.of("--client", client)));
    }

    /**
     * Runs the checks of this cell.
     *
     * @throws AssertionError with the output if they take longer than {@code limit}
     */
    public CellResult run(URI server, Duration limit) {
        String[] all = Stream.concat(Stream.of("--url", server.toString()), arguments.stream())
                .toArray(String[]::new);
        try (NodeProcess process = NodeProcess.start(script, all)) {
            return new CellResult(process.awaitExit(limit), process.lines());
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static Stream<String> clients() {
        return IntStream.rangeClosed(2, 4).mapToObj(Integer::toString);
    }
}
