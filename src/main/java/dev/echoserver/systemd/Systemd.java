package dev.echoserver.systemd;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, which runs the process as a service of {@code Type=notify}.
 *
 * <p>Source: sd_notify(3), sd_watchdog_enabled(3).
 */
public final class Systemd implements ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(Systemd.class);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);

    private final NotifySocket socket;
    private final Optional<Duration> signOfLife;
    private final LongSupplier monotonicNanos;

    private Systemd(NotifySocket socket, Optional<Duration> signOfLife, LongSupplier monotonicNanos) {
        this.socket = socket;
        this.signOfLife = signOfLife;
        this.monotonicNanos = monotonicNanos;
    }

    /**
     * The one that {@code environment} tells of; {@link ServiceManager#NONE}, with a line in the log, if it is not to be
     * reached.
     *
     * @param environment with {@code NOTIFY_SOCKET}, and with {@code WATCHDOG_USEC} and {@code WATCHDOG_PID} if signs of
     *     life are expected
     * @param process the id of this one
     * @param monotonicNanos the clock {@code CLOCK_MONOTONIC} of the kernel
     */
    public static ServiceManager of(Map<String, String> environment, long process, LongSupplier monotonicNanos) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        try {
            return new Systemd(NotifySocket.connect(address), signOfLife(environment, process), monotonicNanos);
        } catch (IOException e) {
            log.warn(
                    "systemd cannot be told how the server is; write Type=simple and no WatchdogSec into the unit:"
                            + " socket={} reason={}",
                    address,
                    String.valueOf(e.getMessage()));
            return NONE;
        }
    }

    /** Half of the time after which systemd loses patience, if it waits for this process at all. */
    private static Optional<Duration> signOfLife(Map<String, String> environment, long process) {
        boolean isMeant =
                environment.getOrDefault("WATCHDOG_PID", Long.toString(process)).equals(Long.toString(process));
        return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .filter(micros -> isMeant && micros.matches("[1-9]\\d{0,17}"))
                .map(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / 2));
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void ready(List<? extends Executor> loops) {
        socket.send("READY=1");
        signOfLife.ifPresent(interval -> {
            Watchdog watchdog = new Watchdog(loops, socket.loop(), interval, () -> socket.send("WATCHDOG=1"));
            repeat(watchdog::ask, interval);
        });
    }

    @Override
    public void status(String text) {
        socket.send("STATUS=" + onOneLine(text));
    }

    /** What stands on a line of its own is another message. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public void reloading(Runnable reload) {
        long micros = TimeUnit.NANOSECONDS.toMicros(monotonicNanos.getAsLong());
        socket.send("RELOADING=1", "MONOTONIC_USEC=" + micros);
        try {
            reload.run();
        } finally {
            socket.send("READY=1");
        }
    }

    @Override
    public void stopping(IntSupplier connections) {
        socket.send("STOPPING=1");
        repeat(() -> status("Stopping, connections left: " + connections.getAsInt()), COUNT_EVERY);
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Now and every {@code interval}, until closed. */
    private void repeat(Runnable task, Duration interval) {
        Future<?> unused = socket.loop().scheduleAtFixedRate(task, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
}
