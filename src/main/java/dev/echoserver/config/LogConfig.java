package dev.echoserver.config;

import java.util.Optional;

/**
 * What is logged, and where.
 *
 * @param format of each line
 * @param level the least important lines that are logged; empty if nothing is said about it
 * @param file where lines are appended; empty means stdout
 */
public record LogConfig(Format format, Optional<Level> level, Optional<String> file) {

    /** What a line looks like. */
    public enum Format {
        /** {@code <ISO time> <level> <message>}. */
        TEXT,
        /** An object of JSON. */
        JSON
    }

    /** How important a line is. */
    public enum Level {
        /** A fault of this server. */
        ERROR,
        /** A fault of somebody else. */
        WARN,
        /** The life of the server. */
        INFO,
        /** Each join, leave and broadcast. */
        DEBUG,
        /** What helps its developers, payloads among it. */
        TRACE
    }

    static LogConfig read(Section section) {
        boolean hasLevel = section.has("level");
        Level level = section.choice("level", Level.INFO);
        LogConfig config = new LogConfig(
                section.choice("format", Format.TEXT),
                hasLevel ? Optional.of(level) : Optional.empty(),
                section.text("file"));
        section.close();
        return config;
    }
}
