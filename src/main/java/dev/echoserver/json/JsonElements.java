package dev.echoserver.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a JSON array of a client apart without reading its elements: they stay as they were written. */
public final class JsonElements {
    private final JsonFactory json;

    /** Reads what is nested at most {@code maxDepth} deep. */
    public JsonElements(int maxDepth) {
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE) // The whole text is bounded already.
                        .maxNumberLength(Integer.MAX_VALUE) // Numbers are never converted.
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    /** The elements of the array that {@code text} is; empty if it is not one, or nested too deep. */
    public Optional<List<Json>> of(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(element(parser, text));
            }
            return parser.nextToken() == null ? Optional.of(elements) : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static Json element(JsonParser parser, String text) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return Json.of(text.substring(start, end).strip());
    }

    /** Whether {@code text} is one well-formed JSON object, and not nested too deep. */
    public boolean isObject(String text) {
        return text.startsWith("{") && of("[" + text + "]").isPresent();
    }
}
