package dev.echoserver.http;

/**
 * How large a request's body may be.
 *
 * @param bytes more is answered with 413
 * @param reason a sentence for whoever sent more, such as one with the name of the setting
 */
public record BodyLimit(int bytes, String reason) {}
