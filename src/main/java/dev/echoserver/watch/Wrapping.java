package dev.echoserver.watch;

import java.util.ArrayList;
import java.util.List;

/** Breaks text between words. */
public final class Wrapping {
    private Wrapping() {}

    /** Lines of at most {@code columns}, unless a single word is longer. */
    public static List<String> of(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
