package dev.echoserver.doctor;

import java.util.List;

/**
 * Checks of one neighbour, in order.
 *
 * @param title what they are about: {@code Redis at 127.0.0.1:6379}
 */
public record Section(String title, List<Check> checks) {

    /** Copies the list. */
    public Section {
        checks = List.copyOf(checks);
    }
}
