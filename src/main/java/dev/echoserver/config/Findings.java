package dev.echoserver.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be said about one configuration. Used by one thread, while that is read. */
final class Findings {
    private final List<ConfigIssue> problems = new ArrayList<>();
    private final List<ConfigIssue> notices = new ArrayList<>();

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

    void problemAt(String place, String message, String cure) {
        problems.add(new ConfigIssue(place, message, cure));
    }

    void notice(String path, String message, String cure) {
        noticeAt(placeOf(path), message, cure);
    }

    void noticeAt(String place, String message, String cure) {
        notices.add(new ConfigIssue(place, message, cure));
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
        return areFatal() ? rejected() : new ConfigResult.Valid(config, notices);
    }

    ConfigResult rejected() {
        return new ConfigResult.Invalid(problems, notices);
    }
}
