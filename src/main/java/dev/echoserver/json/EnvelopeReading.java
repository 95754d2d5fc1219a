package dev.echoserver.json;

import static dev.echoserver.json.JsonTokens.NONE;
import static dev.echoserver.json.JsonTokens.afterScalar;
import static dev.echoserver.json.JsonTokens.afterSpace;
import static dev.echoserver.json.JsonTokens.afterString;
import static dev.echoserver.json.JsonTokens.byteAt;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.DecodeFailure.Reason;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One pass over one envelope. Used once, by one thread.
 *
 * <p>As in {@link JsonTokens}, methods that begin with {@code after} return the position behind something, or
 * {@link JsonTokens#NONE}. A level is how many objects and arrays are open.
 */
final class EnvelopeReading {
    private static final Pattern SOCKET_ID = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final byte[] EVENT = "event".getBytes(UTF_8);
    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final byte[] SOCKET = "socket".getBytes(UTF_8);
    private static final int QUOTES = 2;
    private static final int ENVELOPE = 1;
    private static final int INSIDE_A_PART = 2;

    private final byte[] payload;
    private boolean isTooDeep;
    private Json event = Json.NULL;
    private Json data = Json.NULL;
    private Json socket = Json.NULL;
    private Json socketInData = Json.NULL;
    private Json socketInThisPart = Json.NULL;

    EnvelopeReading(byte[] payload) {
        this.payload = payload;
    }

    Scanned read() {
        int end = afterGroup(afterSpace(payload, 0), '}', ENVELOPE);
        if (end == NONE || afterSpace(payload, end) < payload.length) {
            return new DecodeFailure(reasonOfRefusal());
        }
        if (!event.isString() || event.length() == QUOTES) {
            return new DecodeFailure(Reason.NO_EVENT);
        }
        Envelope envelope = envelope();
        return envelope.isReserved() ? new DecodeFailure(Reason.RESERVED_EVENT) : envelope;
    }

    /** Bytes that are no text come first, wherever they are. */
    private Reason reasonOfRefusal() {
        if (!Utf8.isValid(payload)) {
            return Reason.INVALID_UTF8;
        }
        return isTooDeep ? Reason.TOO_DEEP : Reason.NOT_JSON;
    }

    private int afterValue(int from, int level) {
        return switch (byteAt(payload, from)) {
            case '{' -> afterGroup(from, '}', level + 1);
            case '[' -> afterGroup(from, ']', level + 1);
            default -> afterScalar(payload, from);
        };
    }

    /** Behind the object or the array whose opening bracket is at {@code from}. */
    private int afterGroup(int from, char close, int level) {
        isTooDeep = level > EnvelopeScanner.MAX_DEPTH;
        int at = afterSpace(payload, from + 1);
        if (isTooDeep || byteAt(payload, at) == close) {
            return isTooDeep ? NONE : at + 1;
        }
        while (true) {
            int end = close == '}' ? afterMember(at, level) : afterValue(at, level);
            if (end == NONE) {
                return NONE;
            }
            at = afterSpace(payload, end);
            byte next = byteAt(payload, at);
            if (next != ',') {
                return next == close ? at + 1 : NONE;
            }
            at = afterSpace(payload, at + 1);
        }
    }

    private int afterMember(int name, int level) {
        int nameEnd = afterString(payload, name);
        int value = nameEnd == NONE ? NONE : afterColon(nameEnd);
        int end = value == NONE ? NONE : afterValue(value, level);
        if (end == NONE) {
            return NONE;
        }
        if (level == ENVELOPE) {
            takePart(name, nameEnd, slice(value, end));
        } else if (level == INSIDE_A_PART && payload[value] == '"' && isNamed(SOCKET, name, nameEnd)) {
            socketInThisPart = slice(value, end);
        }
        return end;
    }

    private int afterColon(int from) {
        int at = afterSpace(payload, from);
        return byteAt(payload, at) == ':' ? afterSpace(payload, at + 1) : NONE;
    }

    private void takePart(int name, int nameEnd, Json value) {
        if (isNamed(EVENT, name, nameEnd)) {
            event = value;
        } else if (isNamed(DATA, name, nameEnd)) {
            data = value;
            socketInData = socketInThisPart;
        } else if (isNamed(SOCKET, name, nameEnd)) {
            socket = value;
        }
        socketInThisPart = Json.NULL;
    }

    private boolean isNamed(byte[] word, int from, int end) {
        int length = end - from - QUOTES;
        if (length <= word.length) {
            return Arrays.equals(payload, from + 1, end - 1, word, 0, word.length);
        }
        Json name = slice(from, end);
        return name.hasEscapes() && Arrays.equals(name.text().getBytes(UTF_8), word);
    }

    private Json slice(int from, int end) {
        return new Json(payload, from, end - from);
    }

    private Envelope envelope() {
        String id = socket.isString() ? socket.text() : "";
        if (id.isEmpty()) {
            return new Envelope(event, data, Optional.empty());
        }
        boolean tellsId = socketInData.isString()
                && socketInData.text().equals(id)
                && SOCKET_ID.matcher(id).matches();
        return new Envelope(event, tellsId ? dataWithoutSocket() : data, Optional.of(id));
    }

    /**
     * A copy of the data in which {@code socket} is {@code null}: with Engine.IO 3 the id of a socket is also the secret
     * of its session, and Laravel repeats the id of the sender inside the data of a {@code toOthers()} event. What has not
     * the form of an id is nobody's and stays.
     */
    private Json dataWithoutSocket() {
        int before = socketInData.offset() - data.offset();
        int after = data.length() - before - socketInData.length();
        byte[] copy = new byte[before + Json.NULL.length() + after];
        System.arraycopy(payload, data.offset(), copy, 0, before);
        System.arraycopy(Json.NULL.bytes(), 0, copy, before, Json.NULL.length());
        System.arraycopy(
                payload, socketInData.offset() + socketInData.length(), copy, before + Json.NULL.length(), after);
        return Json.of(copy);
    }
}
