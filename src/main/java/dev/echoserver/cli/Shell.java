package dev.echoserver.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param in what is typed or piped in
 * @param out for results
 * @param err for problems and notices
 * @param folder that relative paths start from
 * @param environment the variables of the process
 */
record Shell(BufferedReader in, PrintWriter out, PrintWriter err, Path folder, Map<String, String> environment) {
    /** Copies the variables. */
    Shell {
        environment = Map.copyOf(environment);
    }

    /** A line for people. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A line about something that is not as it should be. */
    void warn(String line) {
        err.println(line);
        err.flush();
    }
}
