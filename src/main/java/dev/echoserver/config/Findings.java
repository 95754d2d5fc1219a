package dev.echoserver.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is to be said about one configuration. Used by one thread, while that is read. */
final class Findings {
    private final Set<ConfigIssue> problems = new LinkedHashSet<>();
    private final Set<ConfigIssue> notices = new LinkedHashSet<>();
    private final Set<String> emptied = new HashSet<>();
    private final List<UnknownKey> unknown = new ArrayList<>();

    private final Origins origins;

    /** About a text that came from nowhere in particular. */
    Findings() {
        this(new Origins(""));
    }

    Findings(Origins origins) {
        this.origins = origins;
    }

    /** {@code path} is one of JSON; the message names what set the value there. */
    void problem(String path, String message, String cure) {
        problemAt(placeOf(path), message, cure);
    }

    /**
     * A problem, except in what laravel-echo-server read too: it looked at few values before it used them, so what its
     * users have in their files is a notice here, and the reader goes on with what it takes instead.
     */
    void mistake(String path, String message, String cure) {
        if (origins.isReadByOldServer(path)) {
            notice(path, message + ". The server starts all the same, as laravel-echo-server did", cure);
        } else {
            problem(path, message, cure);
        }
    }

    /** The same where {@code taken} is what the reader goes on with. */
    void mistake(String path, String message, String cure, Object taken) {
        mistake(path, origins.isReadByOldServer(path) ? message + ", and counts as " + taken : message, cure);
    }

    void problemAt(String place, String message, String cure) {
        problems.add(new ConfigIssue(place, message, cure));
    }

    void notice(String path, String message, String cure) {
        noticeAt(placeOf(path), message, cure);
    }

    void noticeAt(String place, String message, String cure) {
        notices.add(new ConfigIssue(place, message, cure));
    }

    /** Notes that variables left nothing of the text at {@code place}. */
    void emptied(String place) {
        emptied.add(place);
    }

    /** Whether the text at {@code path} is empty only because its variables are. */
    boolean isEmptied(String path) {
        return emptied.contains(placeOf(path));
    }

    /** Keeps a key that nobody asked for until all known ones are known. */
    void unknown(UnknownKey key) {
        unknown.add(key);
    }

    /** Gives the notices about unknown keys; {@code catalogue} is asked only if there are some. */
    void explainUnknown(Supplier<AskedKeys> catalogue) {
        if (!unknown.isEmpty()) {
            NearestKey nearest = new NearestKey(catalogue.get().names());
            unknown.forEach(key -> notice(key.path(), "is not a known key and has no effect", key.cure(nearest)));
            unknown.clear();
        }
    }

    boolean isInOldFile(String path) {
        return origins.isInOldFile(path);
    }

    boolean isOfOldServer() {
        return origins.isOfOldServer();
    }

    String placeOf(String path) {
        return origins.placeOf(path);
    }

    String sourceOf(String path) {
        return origins.sourceOf(path);
    }

    boolean areFatal() {
        return !problems.isEmpty();
    }

    /** The result of a file from which {@code config} was read; its fallback values count only if nothing is wrong. */
    ConfigResult resultOf(ServerConfig config) {
        return areFatal() ? rejected() : new ConfigResult.Valid(config, List.copyOf(notices));
    }

    ConfigResult rejected() {
        return new ConfigResult.Invalid(List.copyOf(problems), List.copyOf(notices));
    }
}
