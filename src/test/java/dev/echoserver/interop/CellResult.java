package dev.echoserver.interop;

import java.util.List;

/**
 * What the script of a cell said.
 *
 * @param exitCode 0 if every check passed
 * @param lines its output
 */
public record CellResult(int exitCode, List<String> lines) {
    /** Copies {@code lines}. */
    public CellResult {
        lines = List.copyOf(lines);
    }

    /** How many checks passed. */
    public long passed() {
        return lines.stream().filter(line -> line.startsWith("ok ")).count();
    }

    /** The lines of the checks that failed: {@code FAIL name reason}. */
    public List<String> failures() {
        return lines.stream().filter(line -> line.startsWith("FAIL ")).toList();
    }
}
