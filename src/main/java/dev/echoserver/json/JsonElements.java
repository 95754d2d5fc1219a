package dev.echoserver.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes JSON from outside apart without reading the parts: they stay as they were written. */
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

    /** The one value that {@code text} is, without the space around it; empty if it is none, or nested too deep. */
    public Optional<Json> value(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Json value = element(parser, text);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
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

    /** The fields of the object that {@code text} is, the last of equal names; empty if it is none, or nested too deep. */
    public Optional<Map<String, Json>> fields(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Json> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, element(parser, text));
            }
            return parser.nextToken() == null ? Optional.of(fields) : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }
}
