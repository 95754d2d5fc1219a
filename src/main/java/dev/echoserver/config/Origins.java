package dev.echoserver.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers which values did not come from the file, so that a message can name what the reader has to correct. */
final class Origins {
    private final Map<String, String> sources = new HashMap<>();
    private final String file;

    /** {@code file} is its name, empty if there is none. */
    Origins(String file) {
        this.file = file;
    }

    /** Notes that what stands at {@code path} came from {@code source}; an object in it is noted key by key. */
    void note(String path, String source) {
        sources.put(path, source);
    }

    void noteAll(String path, ObjectNode object, String source) {
        object.properties().forEach(entry -> {
            String inner = path + "." + entry.getKey();
            if (entry.getValue() instanceof ObjectNode deeper) {
                noteAll(inner, deeper, source + "." + entry.getKey());
            } else {
                note(inner, source + "." + entry.getKey());
            }
        });
    }

    /** What a message about {@code path} starts with: {@code echo-server.json $.port}, {@code ECHO_SERVER_CLIENTS[0]}. */
    String placeOf(String path) {
        String outer = noted(path);
        String inFile = file.isEmpty() ? path : file + " " + path;
        return Optional.ofNullable(sources.get(outer))
                .map(source -> source + path.substring(outer.length()))
                .orElse(inFile);
    }

    /** Where the value at {@code path} came from. */
    String sourceOf(String path) {
        return sources.getOrDefault(noted(path), file);
    }

    /** The innermost noted path that {@code path} is or lies in; empty if there is none. */
    private String noted(String path) {
        String outer = path;
        while (!outer.isEmpty() && !sources.containsKey(outer)) {
            outer = parentOf(outer);
        }
        return outer;
    }

    private static String parentOf(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
