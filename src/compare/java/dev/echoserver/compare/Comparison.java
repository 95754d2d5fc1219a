package dev.echoserver.compare;

import dev.echoserver.interop.Cell;
import dev.echoserver.interop.CellResult;
import dev.echoserver.interop.Peer;
import dev.echoserver.interop.RunningPeer;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs the whole interop matrix on netty-socketio and on our own peers, and prints who passes what. */
public final class Comparison {
    private static final int CELLS_AT_ONCE = 4;
    private static final Duration CELL_LIMIT = Duration.ofMinutes(10);

    private final PrintStream out;

    private Comparison(PrintStream out) {
        this.out = out;
    }

    /** Prints the table and ends with 0 whatever is in it. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        new Comparison(new PrintStream(System.out, true, Charset.defaultCharset())).run();
    }

    private void run() throws InterruptedException, ExecutionException {
        List<Peer> peers = Stream.concat(Stream.of(NettySocketio.peer()), Peer.all().stream())
                .toList();
        List<Cell> cells = Stream.concat(Cell.inNode(), Cell.inBrowser()).toList();
        ExecutorService executor = Executors.newFixedThreadPool(CELLS_AT_ONCE);
        try {
            Map<Peer, List<Future<CellResult>>> results = new LinkedHashMap<>();
            for (Peer peer : peers) {
                results.put(
                        peer,
                        cells.stream()
                                .map(cell -> executor.submit(() -> result(peer, cell)))
                                .toList());
            }
            printTable(cells, results);
            printFailures(cells, results);
        } finally {
            executor.shutdownNow();
        }
    }

    private static CellResult result(Peer peer, Cell cell) {
        try (RunningPeer server = peer.start().get()) {
            return cell.run(server.url(), CELL_LIMIT);
        }
    }

    private void printTable(List<Cell> cells, Map<Peer, List<Future<CellResult>>> results)
            throws InterruptedException, ExecutionException {
        out.println("\nChecks passed of checks run:\n");
        printRow("", results.keySet().stream().map(Peer::name).toList());
        for (int i = 0; i < cells.size(); i++) {
            List<String> columns = new ArrayList<>();
            for (List<Future<CellResult>> column : results.values()) {
                CellResult result = column.get(i).get();
                columns.add(result.passed() + " of "
                        + (result.passed() + result.failures().size()));
            }
            printRow(cells.get(i).name(), columns);
        }
    }

    private void printFailures(List<Cell> cells, Map<Peer, List<Future<CellResult>>> results)
            throws InterruptedException, ExecutionException {
        for (Map.Entry<Peer, List<Future<CellResult>>> each : results.entrySet()) {
            for (int i = 0; i < cells.size(); i++) {
                List<String> failures = each.getValue().get(i).get().failures();
                if (!failures.isEmpty()) {
                    out.println("\n" + each.getKey().name() + ", " + cells.get(i).name() + ":");
                    failures.forEach(line -> out.println("  " + line));
                }
            }
        }
    }

    private void printRow(String first, List<String> columns) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-22s", first));
        columns.forEach(column -> row.append(String.format(Locale.ROOT, "%-16s", column)));
        out.println(row);
    }
}
