package dev.echoserver.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.echoserver.json.DecodeFailure.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** One pass over one envelope. Used once, by one thread. */
final class EnvelopeReading {
    private static final Pattern SOCKET_ID = Pattern.compile("[0-9]+\\.[0-9]+");

    private final byte[] payload;
    private final JsonParser parser;
    private String eventName = "";
    private Json event = Json.NULL;
    private Json data = Json.NULL;
    private String socket = "";
    private String socketInData = "";
    private Json socketInDataAt = Json.NULL;

    EnvelopeReading(byte[] payload, JsonParser parser) {
        this.payload = payload;
        this.parser = parser;
    }

    Scanned read() throws IOException {
        parser.nextToken(); // The scanner has seen the opening brace.
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "event" -> {
                    eventName = isString ? parser.getText() : "";
                    event = currentValue();
                }
                case "data" -> readData();
                case "socket" -> socket = isString ? parser.getText() : "";
                default -> {}
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            return new DecodeFailure(Reason.NOT_JSON, "something after the object");
        }
        return result();
    }

    private Scanned result() {
        if (eventName.isEmpty()) {
            return new DecodeFailure(Reason.NO_EVENT, "event is absent, empty or no string");
        }
        if (Envelope.RESERVED_EVENTS.contains(eventName)) {
            return new DecodeFailure(Reason.RESERVED_EVENT, "event is " + eventName);
        }
        if (socket.isEmpty()) {
            return new Envelope(event, eventName, data, Optional.empty());
        }
        boolean tellsId =
                socket.equals(socketInData) && SOCKET_ID.matcher(socket).matches();
        return new Envelope(event, eventName, tellsId ? dataWithoutSocket() : data, Optional.of(socket));
    }

    private void readData() throws IOException {
        socketInData = "";
        int start = tokenStart();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readFieldsOfData();
        }
        Json end = currentValue();
        data = new Json(payload, start, end.offset() + end.length() - start);
    }

    /** Leaves the parser at the closing brace. */
    private void readFieldsOfData() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isSocket = "socket".equals(parser.currentName());
            if (parser.nextToken() == JsonToken.VALUE_STRING && isSocket) {
                socketInData = parser.getText();
                socketInDataAt = currentValue();
            }
            parser.skipChildren();
        }
    }

    /** From the start of the current token to the end of the value it begins, children included. */
    private Json currentValue() throws IOException {
        int start = tokenStart();
        parser.skipChildren();
        parser.finishToken();
        return new Json(payload, start, (int) parser.currentLocation().getByteOffset() - start);
    }

    private int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /**
     * A copy of the data in which {@code socket} is {@code null}: with Engine.IO 3 the id of a socket is also the secret
     * of its session, and Laravel repeats the id of the sender inside the data of a {@code toOthers()} event. What has not
     * the form of an id is nobody's and stays.
     */
    private Json dataWithoutSocket() {
        int before = socketInDataAt.offset() - data.offset();
        int after = data.length() - before - socketInDataAt.length();
        byte[] copy = new byte[before + Json.NULL.length() + after];
        System.arraycopy(payload, data.offset(), copy, 0, before);
        System.arraycopy(Json.NULL.bytes(), 0, copy, before, Json.NULL.length());
        System.arraycopy(
                payload, socketInDataAt.offset() + socketInDataAt.length(), copy, before + Json.NULL.length(), after);
        return Json.of(copy);
    }
}
