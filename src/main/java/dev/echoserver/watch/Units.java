package dev.echoserver.watch;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
final class Units {
    private static final int STEP = 1024;
    private static final int MANY = 100;
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /** {@code 213 B}, {@code 4.2 KiB}. */
    static String bytes(double bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < SIZES.length - 1) {
            size /= STEP;
            unit++;
        }
        return (unit == 0 ? Long.toString(Math.round(size)) : number(size)) + " " + SIZES[unit];
    }

    /** {@code 0.4 ms}. */
    static String millis(double millis) {
        return number(millis) + " ms";
    }

    /** One decimal, or none for a hundred and more. */
    static String number(double number) {
        return String.format(Locale.ROOT, number >= MANY ? "%.0f" : "%.1f", number);
    }

    /** {@code 1 socket}, {@code 3 sockets}. */
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** {@code 12 s}, {@code 4:05 min}, {@code 7:12 h}, {@code 3 d 4 h}. */
    static String time(Duration time) {
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() == 0) {
            return String.format(Locale.ROOT, "%d:%02d min", time.toMinutes(), time.toSecondsPart());
        }
        return time.toDays() == 0
                ? String.format(Locale.ROOT, "%d:%02d h", time.toHours(), time.toMinutesPart())
                : time.toDays() + " d " + time.toHoursPart() + " h";
    }
}
