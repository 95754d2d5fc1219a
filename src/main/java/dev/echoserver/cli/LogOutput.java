package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.echoserver.config.LogConfig;
import dev.echoserver.config.LogConfig.Format;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets up where log lines go, how they look and which ones there are. A file is appended to; while it cannot be written
 * its lines are lost, and later ones are tried again.
 */
final class LogOutput {
    private static final String OWN_LINES = "dev.echoserver";

    private final LoggerContext context;
    private final Logger root;
    private final Level usual;

    /** Leaves everything as {@code logback.xml} has it. */
    LogOutput(LoggerContext context) {
        this.context = context;
        this.root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        this.usual = root.getLevel();
    }

    /**
     * Logs as {@code config} says. A file is opened anew, because its old one may have been moved away.
     *
     * @throws CommandFailure if the file cannot be opened; then nothing changes
     */
    void apply(ServerConfig config) {
        config.log().file().ifPresent(LogOutput::requireWritable);
        Appender<ILoggingEvent> next = appender(config.log());
        List<Appender<ILoggingEvent>> before = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(before::add);
        root.addAppender(next);
        before.forEach(old -> {
            root.detachAppender(old);
            old.stop();
        });
        Level level = config.log().level().map(LogOutput::levelOf).orElse(usual);
        root.setLevel(level);
        boolean wantsMore = config.devMode() && level.isGreaterOrEqual(Level.DEBUG);
        context.getLogger(OWN_LINES).setLevel(wantsMore ? Level.DEBUG : null);
    }

    private static Level levelOf(LogConfig.Level level) {
        return Level.toLevel(level.name());
    }

    private static void requireWritable(String file) {
        try {
            Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.BAD_CONFIG,
                    "Cannot write the log file " + file + " (\"log.file\"): " + FileTrouble.of(e)
                            + ".\nMake its folder, and give it to the user that the server runs as; or leave out"
                            + " \"log.file\" to log to stdout.");
        }
    }

    private Appender<ILoggingEvent> appender(LogConfig log) {
        OutputStreamAppender<ILoggingEvent> appender =
                log.file().<OutputStreamAppender<ILoggingEvent>>map(this::file).orElseGet(ConsoleAppender::new);
        appender.setContext(context);
        appender.setEncoder(log.format() == Format.JSON ? json() : text());
        appender.start();
        return appender;
    }

    private FileAppender<ILoggingEvent> file(String name) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(name);
        return appender;
    }

    /** The pattern is that of {@code logback.xml}, which counts until a configuration was read. */
    private Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(UTF_8);
        encoder.setPattern(context.getProperty("LINE"));
        encoder.start();
        return encoder;
    }

    private Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithThreadName(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithMDC(false);
        encoder.setWithKVPList(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}
