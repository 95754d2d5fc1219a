package dev.echoserver.config;

import java.util.List;

/**
 * A configuration, and how it came about.
 *
 * @param result the configuration or its problems
 * @param settings every key that was asked for, in the order of reading; empty if the file is not JSON
 */
public record ConfigReading(ConfigResult result, List<Setting> settings) {

    /** Copies the list. */
    public ConfigReading {
        settings = List.copyOf(settings);
    }
}
