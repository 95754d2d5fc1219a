package dev.echoserver.engineio;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why a request is refused; the answer's body is {@code {"code":int,"message":string}}.
 *
 * <p>Source: engine.io 6.6, {@code Server.errors} and {@code Server.errorMessages}, of which 5, a protocol that is not
 * supported, does not occur here; it has none for limits: those have their status as code.
 */
enum EngineIoError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SID(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    FORBIDDEN(4, "Forbidden"),
    ADDRESS_FULL(429, "Too many connections from your address. Try again later."),
    SERVER_FULL(503, "This server has as many connections as it may have. Try again later.");

    private final int code;
    private final String message;

    EngineIoError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    HttpResponseStatus status() {
        return switch (this) {
            case FORBIDDEN -> HttpResponseStatus.FORBIDDEN;
            case ADDRESS_FULL -> HttpResponseStatus.TOO_MANY_REQUESTS;
            case SERVER_FULL -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }
}
