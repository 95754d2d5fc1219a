package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads {@code management}: an object, or {@code false}; {@code true} is an object without keys. */
final class ManagementSection {
    private static final String KEY = "management";
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int USUAL_PORT = 6002;

    private ManagementSection() {}

    static Optional<ManagementConfig> read(Section root) {
        JsonNode value = root.value(KEY);
        if (root.isObject(KEY) || value.isMissingNode()) {
            return Optional.of(readObject(root.section(KEY)));
        }
        boolean isOn = root.flag(KEY, true);
        return isOn ? Optional.of(new ManagementConfig(THIS_MACHINE, USUAL_PORT, false)) : Optional.empty();
    }

    private static ManagementConfig readObject(Section section) {
        ManagementConfig config = new ManagementConfig(
                section.text("host", THIS_MACHINE),
                section.whole("port", USUAL_PORT, 0, 65_535),
                section.has("host") || section.has("port"));
        section.close();
        return config;
    }
}
