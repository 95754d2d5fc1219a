package dev.echoserver.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What a number is called.
 *
 * @param name as Prometheus sees it, such as {@code echo_server_ready}
 * @param help what it means, in one sentence
 * @param labels names and values by turns
 */
public record Series(String name, String help, List<String> labels) {
    /** Copies the labels. */
    public Series {
        labels = List.copyOf(labels);
    }

    /** One without labels. */
    public static Series of(String name, String help) {
        return new Series(name, help, List.of());
    }

    /** This one with one more label. */
    public Series with(String label, String value) {
        List<String> more = new ArrayList<>(labels);
        more.add(label);
        more.add(value);
        return new Series(name, help, more);
    }
}
