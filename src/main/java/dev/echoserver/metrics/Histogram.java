package dev.echoserver.metrics;

import java.util.List;

/**
 * How many times fall between two bounds.
 *
 * @param labels names and values by turns
 * @param boundsSeconds upper bounds, from the lowest
 * @param counts one for each bound, without those of the bounds before, and one for what is above them all
 * @param sumSeconds of all times
 */
public record Histogram(List<String> labels, List<Double> boundsSeconds, List<Long> counts, double sumSeconds) {
    /** Copies the lists. */
    public Histogram {
        labels = List.copyOf(labels);
        boundsSeconds = List.copyOf(boundsSeconds);
        counts = List.copyOf(counts);
    }
}
