package dev.echoserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.doctor.Finding;
import java.util.Locale;

/**
 * All findings as one array, at the end: {@code [{"id": string, "level": "ok"|"warning"|"fault"|"not_checked", "section": string, "what": string,
 * "why": string, "cure": [string, …]}, …]}.
 */
final class JsonDoctorReport implements DoctorReport {
    private final Shell shell;
    private final ArrayNode findings = JsonNodeFactory.instance.arrayNode();
    private String section = "";
    private long faults;

    JsonDoctorReport(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void section(String title) {
        section = title;
    }

    @Override
    public void announce(String text) {}

    @Override
    public void found(Finding finding) {
        faults += finding.isFault() ? 1 : 0;
        ObjectNode node = findings.addObject();
        node.put("id", finding.id())
                .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("section", section)
                .put("what", finding.what())
                .put("why", finding.why());
        ArrayNode cure = node.putArray("cure");
        finding.cure().forEach(line -> cure.add(line.strip()));
    }

    @Override
    public long faults() {
        return faults;
    }

    @Override
    public void end() {
        shell.say(findings.toPrettyString());
    }
}
