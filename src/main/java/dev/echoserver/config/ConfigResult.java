package dev.echoserver.config;

import java.util.List;

/** What reading a configuration file gave: a configuration, or every problem found. Either way there may be notices. */
public sealed interface ConfigResult {

    /** Everything that must be corrected; empty if the file is valid. */
    List<ConfigIssue> problems();

    /** What is odd but harmless: unknown keys, options without effect. */
    List<ConfigIssue> notices();

    /**
     * The file can be used.
     *
     * @param config what it says
     * @param notices what is odd but harmless
     */
    record Valid(ServerConfig config, List<ConfigIssue> notices) implements ConfigResult {
        /** Copies the list. */
        public Valid {
            notices = List.copyOf(notices);
        }

        @Override
        public List<ConfigIssue> problems() {
            return List.of();
        }
    }

    /**
     * The file cannot be used.
     *
     * @param problems what must be corrected; never empty
     * @param notices what is odd but harmless
     */
    record Invalid(List<ConfigIssue> problems, List<ConfigIssue> notices) implements ConfigResult {
        /** Copies the lists. */
        public Invalid {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }
}
