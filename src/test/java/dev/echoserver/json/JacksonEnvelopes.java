package dev.echoserver.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.echoserver.json.DecodeFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Envelopes as a widely used parser reads them: what {@link EnvelopeScanner} is measured against. */
final class JacksonEnvelopes {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(EnvelopeScanner.MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What is said of a name with half of a surrogate pair as an escape: browsers read it, and RFC 8259 allows it. */
    static final String HALF_PAIR = "half of a surrogate pair in a name";

    private final byte[] payload;
    private final JsonParser parser;
    private Json event = Json.NULL;
    private Json data = Json.NULL;
    private String eventName = "";
    private String socket = "";
    private String socketInData = "";
    private Json socketInDataAt = Json.NULL;

    private JacksonEnvelopes(byte[] payload, JsonParser parser) {
        this.payload = payload;
        this.parser = parser;
    }

    /** What {@link EnvelopeScanner#scan} must say, in words. */
    static String read(byte[] payload) {
        if (!new String(payload, StandardCharsets.ISO_8859_1).matches("(?s)[ \\n\\r\\t]*\\{.*")) {
            return Reason.NOT_JSON.toString();
        }
        if (!isUtf8(payload)) {
            return Reason.INVALID_UTF8.toString();
        }
        if (payload.length > 1 && payload[1] == 0) {
            return Reason.NOT_JSON.toString(); // The parser would take it for UTF-16.
        }
        try (JsonParser parser = JSON.createParser(payload)) {
            return new JacksonEnvelopes(payload, parser).read();
        } catch (StreamConstraintsException e) {
            return Reason.TOO_DEEP.toString();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("surrogate") ? HALF_PAIR : Reason.NOT_JSON.toString();
        }
    }

    private static boolean isUtf8(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload))
                            .remaining()
                    >= 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private String read() throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "event" -> {
                    eventName = isString ? parser.getText() : "";
                    event = value();
                }
                case "data" -> readData();
                case "socket" -> socket = isString ? parser.getText() : "";
                default -> {}
            }
            parser.skipChildren();
        }
        return parser.nextToken() == null ? result() : Reason.NOT_JSON.toString();
    }

    private void readData() throws IOException {
        socketInData = "";
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isSocket = "socket".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && isSocket) {
                    socketInData = parser.getText();
                    socketInDataAt = value();
                }
                parser.skipChildren();
            }
        }
        Json end = value();
        data = new Json(payload, start, end.offset() + end.length() - start);
    }

    private Json value() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return new Json(payload, start, (int) parser.currentLocation().getByteOffset() - start);
    }

    private String result() {
        if (eventName.isEmpty()) {
            return Reason.NO_EVENT.toString();
        }
        if (Envelope.RESERVED_EVENTS.contains(eventName)) {
            return Reason.RESERVED_EVENT.toString();
        }
        boolean tellsId = socket.equals(socketInData) && socket.matches("[0-9]+\\.[0-9]+");
        String shown = tellsId
                ? new Json(payload, data.offset(), socketInDataAt.offset() - data.offset())
                        + "null"
                        + new Json(
                                payload,
                                socketInDataAt.offset() + socketInDataAt.length(),
                                data.offset() + data.length() - socketInDataAt.offset() - socketInDataAt.length())
                : data.toString();
        Optional<String> except = socket.isEmpty() ? Optional.empty() : Optional.of(socket);
        return inWords(event.toString(), eventName, shown, except);
    }

    /** What a scan found. */
    static String inWords(Scanned scanned) {
        return scanned instanceof Envelope envelope
                ? inWords(
                        envelope.event().toString(),
                        envelope.eventName(),
                        envelope.data().toString(),
                        envelope.socket())
                : ((DecodeFailure) scanned).reason().toString();
    }

    private static String inWords(String event, String name, String data, Optional<String> socket) {
        return "event " + event + " read " + name + " data " + data + " socket " + socket;
    }
}
