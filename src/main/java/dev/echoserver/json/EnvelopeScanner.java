package dev.echoserver.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.echoserver.json.DecodeFailure.Reason;
import java.io.IOException;

/**
 * Finds the parts of Laravel's envelope in the bytes it came in, and validates the whole of it.
 *
 * <p>The parts are slices of the payload, spelled exactly as published: numbers beyond 2^53, escapes and the order of
 * keys survive. A key given twice counts with its last value, as in PHP and JavaScript. Any thread.
 */
public final class EnvelopeScanner {

    /** How many objects and arrays may be inside each other, the envelope included: PHP's own limit. */
    public static final int MAX_DEPTH = 512;

    private final JsonFactory factory;

    /** A scanner for payloads of at most {@code maxBytes} bytes; whoever calls has measured them. */
    public EnvelopeScanner(int maxBytes) {
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(maxBytes)
                        .maxNameLength(maxBytes)
                        .maxNumberLength(maxBytes)
                        .build())
                .build();
    }

    /** Scans one payload. Never throws; the result looks into {@code payload}, which must not change afterwards. */
    public Scanned scan(byte[] payload) {
        if (!opensAnObject(payload)) {
            return new DecodeFailure(Reason.NOT_JSON, "no JSON object");
        }
        if (!Utf8.isValid(payload)) {
            return new DecodeFailure(Reason.INVALID_UTF8, "bytes that are not UTF-8");
        }
        try (JsonParser parser = factory.createParser(payload)) {
            return new EnvelopeReading(payload, parser).read();
        } catch (StreamConstraintsException e) {
            return new DecodeFailure(Reason.TOO_DEEP, e.getOriginalMessage());
        } catch (IOException e) {
            return new DecodeFailure(Reason.NOT_JSON, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Spares the parser what is obviously something else. The parser would guess UTF-16 and UTF-32 from a byte order
     * mark or a zero among the first bytes, and count in characters instead of bytes; such a payload ends here too.
     */
    private static boolean opensAnObject(byte[] payload) {
        int first = 0;
        while (first < payload.length && isSpace(payload[first])) {
            first++;
        }
        return first < payload.length && payload[first] == '{' && payload.length > 1 && payload[1] != 0;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
