package dev.echoserver.json;

/** What {@link EnvelopeScanner} made of a payload. */
public sealed interface Scanned permits Envelope, DecodeFailure {}
