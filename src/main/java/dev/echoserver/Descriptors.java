package dev.echoserver;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file descriptors of this process: one for each connection, and some for everything else.
 *
 * @param max how many there may be
 * @param open how many there were at the start
 * @param reserve how many are kept for Redis, the application, the log, certificates
 */
record Descriptors(int max, int open, int reserve) {
    private static final Logger log = LoggerFactory.getLogger(Descriptors.class);
    private static final int FEW = 4096;
    private static final int USUAL_RESERVE = 64;
    private static final int MAX_SPARE = 256;

    /**
     * Those of this process; without end where the operating system does not tell.
     *
     * @param toLaravel how many connections there may be to the application
     */
    static Descriptors ofProcess(int toLaravel) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return of(bounded(unix.getMaxFileDescriptorCount()), toLaravel);
        }
        return new Descriptors(Integer.MAX_VALUE, 0, 0);
    }

    /** Those of a process like this one that may have {@code max}. */
    static Descriptors of(int max, int toLaravel) {
        int open = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? bounded(unix.getOpenFileDescriptorCount())
                : 0;
        return new Descriptors(max, open, Math.min(USUAL_RESERVE + bounded(toLaravel), max / 4));
    }

    private static int bounded(long count) {
        return (int) Math.max(0, Math.min(count, Integer.MAX_VALUE / 2));
    }

    /** How many connections there may be. */
    int connections() {
        return Math.max(1, max - open - reserve);
    }

    /** How many sessions: some connections are left for upgrades, for the API and for health checks. */
    int sessions() {
        return Math.max(1, connections() - Math.min(connections() / 8, MAX_SPARE));
    }

    /** Warns if there are few. */
    void tell() {
        if (max < FEW) {
            log.warn(
                    "Only {} files may be open, so only {} browsers can connect. Allow more:"
                            + " LimitNOFILE=65536 in the systemd unit, or ulimit -n 65536 in the shell that starts it.",
                    max,
                    sessions());
        }
    }
}
