package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A key of the file that no reader asked for.
 *
 * @param path where it stands, as JSON path
 * @param value what stands there
 * @param beside the keys that are known in the same object
 */
record UnknownKey(String path, JsonNode value, Set<String> beside) {
    private static final int SHOWN = 4;

    /** What to write instead: the nearest known place for it, or for what it holds. */
    String cure(NearestKey nearest) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        List<String> moves = value instanceof ObjectNode inner ? moves(inner, "", nearest) : List.of();
        if (!moves.isEmpty()) {
            return "Write " + String.join(", ", moves.subList(0, Math.min(SHOWN, moves.size())));
        }
        return EditDistance.nearest(key, beside)
                .or(() -> nearest.of(inFile()))
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse("You can remove it; \"echo-server config\" lists all keys");
    }

    private String inFile() {
        return path.startsWith("$.") ? path.substring("$.".length()) : path;
    }

    private List<String> moves(ObjectNode object, String outer, NearestKey nearest) {
        List<String> moves = new ArrayList<>();
        object.properties().forEach(entry -> {
            String name = outer + entry.getKey();
            if (entry.getValue() instanceof ObjectNode inner) {
                moves.addAll(moves(inner, name + ".", nearest));
            } else {
                nearest.of(inFile() + "." + name)
                        .ifPresent(place -> moves.add("its \"" + name + "\" as \"" + place + "\""));
            }
        });
        return moves;
    }
}
