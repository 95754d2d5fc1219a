package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExaminationTest {
    private final List<String> trace = new ArrayList<>();

    private void run(Check... checks) {
        new Examination(new Examination.Report() {
                    @Override
                    public void section(String title) {
                        trace.add("# " + title);
                    }

                    @Override
                    public void announce(String text) {
                        trace.add(text);
                    }

                    @Override
                    public void found(Finding finding) {
                        trace.add(finding.level() + " " + finding.id());
                    }
                })
                .run(List.of(new Section("all", List.of(checks))));
    }

    private static Check good(String id) {
        return Check.of(id, id, () -> List.of(Finding.ok(id, "fine")));
    }

    private static Check bad(String id) {
        return Check.of(id, id, () -> List.of(Finding.fault(id + ".broken", "broken", "bad", "mend")));
    }

    @Test
    void tellsWhatIsFoundInOrder() {
        run(good("one").announcing("wait"), bad("two"));

        assertThat(trace).containsExactly("# all", "wait", "OK one", "FAULT two.broken");
    }

    @Test
    void leavesOutWhatNeedsSomethingBrokenAndWhatNeedsThat() {
        run(
                bad("one"),
                good("two").after("one").announcing("wait"),
                good("three").after("two"),
                good("four"));

        assertThat(trace)
                .containsExactly("# all", "FAULT one.broken", "NOT_CHECKED two", "NOT_CHECKED three", "OK four");
    }

    @Test
    void goesOnBehindAWarning() {
        Check odd = Check.of("one", "one", () -> List.of(Finding.warning("one.odd", "odd", "hm", "mend")));

        run(odd, good("two").after("one"));

        assertThat(trace).containsExactly("# all", "WARNING one.odd", "OK two");
    }

    @Test
    void replacesWhatWouldReachTheTerminalAsACommand() {
        assertThat(Finding.ok("id", "a\u001b[2Jb\nc").what()).isEqualTo("a?[2Jb?c");
    }
}
