package dev.echoserver.cli;

import dev.echoserver.config.LogConfig;
import dev.echoserver.config.LogConfig.Format;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the program itself says while a server runs. It goes to the terminal, unless that is a log of JSON, which must hold
 * nothing else; and to the log, unless that is the terminal.
 */
record Announcements(Shell shell, LogConfig config) {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);

    /** A line that tells how it goes. */
    void say(String line) {
        if (isForTheTerminal()) {
            shell.say(line);
        }
        if (isForTheLog() && !line.isBlank()) {
            log.info("{}", line.strip());
        }
    }

    /** A line about something that is not as it should be. */
    void warn(String line) {
        if (isForTheTerminal()) {
            shell.warn(line);
        }
        if (isForTheLog()) {
            log.warn("{}", line);
        }
    }

    private boolean isForTheTerminal() {
        return config.file().isPresent() || config.format() == Format.TEXT;
    }

    private boolean isForTheLog() {
        return config.file().isPresent() || config.format() == Format.JSON;
    }
}
