package dev.echoserver.api;

/** What the API can do. */
enum Operation {
    /** Publish one event. */
    EVENTS("POST"),
    /** Publish several events. */
    BATCH_EVENTS("POST"),
    /** Say how the server is. */
    STATUS("GET"),
    /** List channels. */
    CHANNELS("GET"),
    /** Describe one channel. */
    CHANNEL("GET"),
    /** List the users of a presence channel. */
    USERS("GET");

    private final String method;

    Operation(String method) {
        this.method = method;
    }

    /** Whether it is done by {@code verb}; what can be got can also be asked for without its body. */
    boolean isDoneBy(String verb) {
        return verb.equals(method) || (verb.equals("HEAD") && method.equals("GET"));
    }

    boolean publishes() {
        return method.equals("POST");
    }

    /** As Express lists them. */
    String methods() {
        return method.equals("GET") ? "GET,HEAD" : method;
    }
}
