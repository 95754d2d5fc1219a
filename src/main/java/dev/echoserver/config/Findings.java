package dev.echoserver.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be said about one file. Used by one thread, while that file is read. */
final class Findings {
    private final List<ConfigIssue> problems = new ArrayList<>();
    private final List<ConfigIssue> notices = new ArrayList<>();

    void problem(String path, String message, String cure) {
        problems.add(new ConfigIssue(path, message, cure));
    }

    void notice(String path, String message, String cure) {
        notices.add(new ConfigIssue(path, message, cure));
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
