package dev.echoserver.json;

import dev.echoserver.json.DecodeFailure.Reason;

/**
 * Finds the parts of Laravel's envelope in the bytes it came in, and validates the whole of it.
 *
 * <p>The parts are slices of the payload, spelled exactly as published: numbers beyond 2^53, escapes and the order of
 * keys survive. A key given twice counts with its last value, as in PHP and JavaScript.
 */
public final class EnvelopeScanner {

    /** How many objects and arrays may be inside each other, the envelope included: PHP's own limit. */
    public static final int MAX_DEPTH = 512;

    private EnvelopeScanner() {}

    /**
     * Scans one payload; whoever calls has measured it. Never throws; the result looks into {@code payload}, which must
     * not change afterwards.
     */
    public static Scanned scan(byte[] payload) {
        boolean opensAnObject = JsonTokens.byteAt(payload, JsonTokens.afterSpace(payload, 0)) == '{';
        return opensAnObject ? new EnvelopeReading(payload).read() : new DecodeFailure(Reason.NOT_JSON);
    }
}
