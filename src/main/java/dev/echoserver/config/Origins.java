package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Remembers which values did not come from the file, so that a message can name what the reader has to correct. */
final class Origins {
    private static final Pattern OLD_SERVERS_FILE = Pattern.compile("laravel-echo-server\\b.*\\.json");

    /** The keys that laravel-echo-server reads. */
    private static final Pattern OLD_KEYS = Pattern.compile(
            "\\$\\.(apiOriginAllow|authEndpoint|authHost|clients|database|databaseConfig|devMode|headers|host"
                    + "|port|protocol|secureOptions|socketio|ssl\\w+|subscribers)(\\W.*)?",
            Pattern.DOTALL);

    private final Map<String, String> sources = new HashMap<>();
    private final String file;
    private final boolean isOfOldServer;

    /** {@code file} is its name, empty if there is none. */
    Origins(String file) {
        this.file = file;
        this.isOfOldServer = OLD_SERVERS_FILE.matcher(file).matches();
    }

    /** Whether the file is named as laravel-echo-server's is: {@code laravel-echo-server.json}, {@code ….prod.json}. */
    boolean isOfOldServer() {
        return isOfOldServer;
    }

    /** Whether the value at {@code path} stands in a file of laravel-echo-server, or would stand there. */
    boolean isInOldFile(String path) {
        return isOfOldServer && sourceOf(path).equals(file);
    }

    /** Whether laravel-echo-server has such a key, and reads it there or from a variable of its own beside the file. */
    boolean isReadByOldServer(String path) {
        boolean isThere = isInOldFile(path) || (isOfOldServer && VariableNames.isOfOldServer(sourceOf(path)));
        return isThere && OLD_KEYS.matcher(path).matches();
    }

    /**
     * Notes that {@code value}, which is laid over {@code path}, comes from {@code source}. For an object that is noted
     * key by key, because the other keys at {@code path} come from elsewhere.
     */
    void note(String path, JsonNode value, String source) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            object.properties()
                    .forEach(entry ->
                            note(path + "." + entry.getKey(), entry.getValue(), source + "." + entry.getKey()));
        } else {
            sources.put(path, source);
        }
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
