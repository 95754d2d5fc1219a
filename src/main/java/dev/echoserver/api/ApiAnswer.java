package dev.echoserver.api;

/** What a request gets. */
public sealed interface ApiAnswer {

    /** A status and a JSON object. */
    record Result(int status, String json) implements ApiAnswer {}

    /**
     * Not now: status 429 and a JSON object.
     *
     * @param seconds after which it may be asked again
     */
    record TooMany(String json, long seconds) implements ApiAnswer {}

    /**
     * Which methods there are.
     *
     * @param allowed such as {@code GET,HEAD}
     */
    record Methods(String allowed) implements ApiAnswer {}

    /** There is nothing for this method at this path. */
    record NotFound() implements ApiAnswer {}
}
