package dev.echoserver.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Collects what one class logs until closed. Any thread may log. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    /** Starts collecting what {@code type} logs. */
    public static CapturedLog of(Class<?> type) {
        return of(type.getName());
    }

    private static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(name));
        log.start();
        log.logger.addAppender(log);
        return log;
    }

    /** The same, with all lines of {@code least} and above. */
    public static CapturedLog of(Class<?> type, Level least) {
        CapturedLog log = of(type);
        log.logger.setLevel(least);
        return log;
    }

    /** What all classes log, those of libraries too, as the program's own {@code logback.xml} lets it through. */
    public static CapturedLog ofEverybody() {
        return of(Logger.ROOT_LOGGER_NAME);
    }

    /** Those of the lines so far that have a stack trace, each with its logger. */
    public List<String> traces() {
        return events.stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage() + ": "
                        + event.getThrowableProxy().getMessage())
                .toList();
    }

    /** The lines of one level so far, in order. */
    public List<String> lines(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
