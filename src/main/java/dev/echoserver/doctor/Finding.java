package dev.echoserver.doctor;

import java.util.List;

/**
 * What one look has shown, for people and for scripts.
 *
 * @param id stays the same from version to version: {@code redis.auth}
 * @param what what was found, without a full stop
 * @param why what it leads to; empty if all is well
 * @param cure what to write or to run, each line as it stands; empty if all is well
 */
public record Finding(String id, Level level, String what, String why, List<String> cure) {

    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but not well, or not for long. */
        WARNING,
        /** Events do not arrive, or not everywhere. */
        FAULT,
        /** Nothing is known: something else has to be mended first, or the means are missing. */
        NOT_CHECKED
    }

    /** Copies the list; replaces control characters: others have a say in the texts. */
    public Finding {
        what = printable(what);
        why = printable(why);
        cure = cure.stream().map(Finding::printable).toList();
    }

    /** As it should be. */
    public static Finding ok(String id, String what) {
        return new Finding(id, Level.OK, what, "", List.of());
    }

    /** Works, but not well. */
    public static Finding warning(String id, String what, String why, String... cure) {
        return new Finding(id, Level.WARNING, what, why, List.of(cure));
    }

    /** Does not work. */
    public static Finding fault(String id, String what, String why, String... cure) {
        return new Finding(id, Level.FAULT, what, why, List.of(cure));
    }

    /** Nothing is known. */
    public static Finding notChecked(String id, String what) {
        return new Finding(id, Level.NOT_CHECKED, what, "", List.of());
    }

    /** Whether something does not work. */
    public boolean isFault() {
        return level == Level.FAULT;
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
