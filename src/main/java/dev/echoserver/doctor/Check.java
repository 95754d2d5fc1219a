package dev.echoserver.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One look at one part of the way.
 *
 * @param id what its finding is called if all is well, or if it cannot look
 * @param subject what it is about, as part of a sentence: {@code the permissions}
 * @param needs the id of a check before it that must have found no fault
 * @param announcement what to say beforehand, if it takes a while
 * @param look blocks; at least one finding
 */
public record Check(
        String id,
        String subject,
        Optional<String> needs,
        Optional<String> announcement,
        Supplier<List<Finding>> look) {

    /** One that needs nothing. */
    public static Check of(String id, String subject, Supplier<List<Finding>> look) {
        return new Check(id, subject, Optional.empty(), Optional.empty(), look);
    }

    /** The same, after the check {@code other}, if that finds no fault. */
    public Check after(String other) {
        return new Check(id, subject, Optional.of(other), announcement, look);
    }

    /** The same, saying {@code text} beforehand. */
    public Check announcing(String text) {
        return new Check(id, subject, needs, Optional.of(text), look);
    }
}
