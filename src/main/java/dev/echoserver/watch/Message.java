package dev.echoserver.watch;

import com.fasterxml.jackson.databind.JsonNode;

/** What comes from a server that is watched. */
public sealed interface Message {

    /** A line, and what is in it. */
    record Line(String text, JsonNode json) implements Message {}

    /** Nothing for the moment. */
    record Quiet() implements Message {}

    /** The connection is gone, for {@code reason}. */
    record Lost(String reason) implements Message {}

    /** There is a connection again. */
    record Back() implements Message {}
}
