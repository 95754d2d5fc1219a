package dev.echoserver.config;

import com.fasterxml.jackson.core.JsonLocation;

/** Guesses from the text around a syntax error what was meant. */
final class SyntaxCure {
    private SyntaxCure() {}

    static String of(String text, JsonLocation at) {
        String before = text.substring(0, offset(text, at)).stripTrailing();
        String after = text.substring(offset(text, at)).stripLeading();
        if (after.startsWith("/") || after.startsWith("#")) {
            return "JSON has no comments; remove it";
        }
        if (before.endsWith(",") && (after.startsWith("}") || after.startsWith("]"))) {
            return "Remove the comma before " + after.charAt(0);
        }
        if (after.startsWith("'")) {
            return "Write double quotes \" instead of '";
        }
        if (after.startsWith("\"")) {
            return "Write a comma between this and what stands before it";
        }
        if (after.isEmpty()) {
            return "Something is not closed; look for a missing }, ] or \"";
        }
        return "Look at this place and just before it: a comma, a colon or a quote is missing or too much";
    }

    private static int offset(String text, JsonLocation at) {
        return (int) Math.max(0, Math.min(text.length(), at.getCharOffset()));
    }
}
