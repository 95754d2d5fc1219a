package dev.echoserver.doctor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs checks one after the other, and leaves out those that need something which has a fault. */
public final class Examination {
    private final Report report;
    private final Set<String> failed = new HashSet<>();

    /** One that tells {@code report} as it goes on. */
    public Examination(Report report) {
        this.report = report;
    }

    /** Hears what is found, when it is found. */
    public interface Report {

        /** What comes now is about {@code title}. */
        void section(String title);

        /** What comes now may take a while. */
        void announce(String text);

        /** This was found. */
        void found(Finding finding);
    }

    /** Runs them all. Blocks. */
    public void run(List<Section> sections) {
        for (Section section : sections) {
            report.section(section.title());
            section.checks().forEach(this::run);
        }
    }

    private void run(Check check) {
        List<Finding> findings = check.needs().filter(failed::contains).isPresent() ? leaveOut(check) : look(check);
        findings.forEach(report::found);
    }

    private List<Finding> look(Check check) {
        check.announcement().ifPresent(report::announce);
        List<Finding> findings = check.look().get();
        if (findings.stream().anyMatch(Finding::isFault)) {
            failed.add(check.id());
        }
        return findings;
    }

    private List<Finding> leaveOut(Check check) {
        failed.add(check.id());
        return List.of(Finding.notChecked(check.id(), "Not checked: " + check.subject()));
    }
}
