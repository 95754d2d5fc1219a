package dev.echoserver.live;

import java.util.Optional;

/** How Laravel Echo is to listen for an event whose name is not of the usual kind: the most frequent mistake in pages. */
final class ListenHint {
    private static final String USUAL = "App\\Events\\";
    private static final String NOTIFICATION = "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated";

    private ListenHint() {}

    /** What to write for {@code event}; nothing if its name says it all. */
    static Optional<String> of(String event) {
        if (event.startsWith(USUAL) || event.startsWith("client-")) {
            return Optional.empty();
        }
        if (event.equals(NOTIFICATION)) {
            return Optional.of("A notification: in the page, use .notification(…) instead of .listen(…).");
        }
        String name = "." + event.replace("\\", "\\\\");
        return Optional.of("In the page, listen with a leading dot: .listen('" + name + "', …)");
    }
}
