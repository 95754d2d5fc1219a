package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of a configuration file as a tree; says where the text is not JSON and which keys stand there twice. */
final class JsonText {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What the parser's messages say about its own options and about character codes. */
    private static final Pattern PARSER_DETAILS = Pattern.compile(" \\(code \\d+[^)]*\\)|: maybe a .*");

    private JsonText() {}

    static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object that {@code bytes} hold; if they do not, {@code findings} have the problem. */
    static Optional<ObjectNode> parse(byte[] bytes, Findings findings) {
        try {
            Optional<String> text = decode(bytes, findings);
            return text.isEmpty() ? Optional.empty() : parse(text.get(), findings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bytes: not JSON at the second look (expected: checked before)", e);
        }
    }

    /** As laravel-echo-server, reads a file of its name with a question mark for what is not UTF-8. */
    private static Optional<String> decode(byte[] bytes, Findings findings) {
        String decoded = new String(bytes, UTF_8);
        try {
            decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            String cure = "Save the file as UTF-8 in your editor";
            if (!findings.isOfOldServer()) {
                findings.problem("$", "is not UTF-8 text", cure);
                return Optional.empty();
            }
            findings.notice("$", "is not UTF-8 text, so some of its letters are lost, as in laravel-echo-server", cure);
        }
        return Optional.of(decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded);
    }

    private static Optional<ObjectNode> parse(String text, Findings findings) throws JsonProcessingException {
        if (text.isBlank()) {
            findings.problem("$", "is empty", "Write {}, or run: echo-server init");
            return Optional.empty();
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            reportSyntax(text, e, findings);
            return Optional.empty();
        }
        if (tree.isArray() && tree.isEmpty()) {
            return Optional.of(emptyObject()); // PHP's empty array.
        }
        if (!(tree instanceof ObjectNode root)) {
            findings.problem("$", "is not an object", "Start the file with { and end it with }");
            return Optional.empty();
        }
        reportDuplicates(text, findings);
        return Optional.of(root);
    }

    private static void reportSyntax(String text, JsonProcessingException e, Findings findings) {
        if (e instanceof StreamConstraintsException) {
            findings.problem(
                    "$", "is nested too deeply, or has a number or a text that is too long", "Make it smaller");
            return;
        }
        JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
        String message = PARSER_DETAILS
                .matcher(e.getOriginalMessage().lines().findFirst().orElse("cannot be read"))
                .replaceAll("");
        findings.problem(
                "line " + at.getLineNr() + ", column " + at.getColumnNr(),
                "is not JSON: " + message,
                SyntaxCure.of(text, at));
    }

    private static void reportDuplicates(String text, Findings findings) throws JsonProcessingException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            Deque<Set<String>> keys = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> keys.push(new HashSet<>());
                    case END_OBJECT -> keys.pop();
                    case FIELD_NAME -> {
                        if (!keys.element().add(parser.currentName())) {
                            findings.notice(
                                    pathOf(parser.getParsingContext()),
                                    "stands there twice; the last one counts",
                                    "Remove one of them");
                        }
                    }
                    default -> {}
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("text: cannot be read (expected: it is in memory)", e);
        }
    }

    private static String pathOf(JsonStreamContext context) {
        String pointer = context.pathAsPointer().toString();
        return "$" + pointer.replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.');
    }
}
