package dev.echoserver.doctor;

import dev.echoserver.doctor.Visitor.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of Engine.IO over long polling, of {@code revision} 3 or 4. */
record PollingSession(Visitor visitor, int revision, String sid) implements AutoCloseable {
    static final String OPENING = "EIO=4&transport=polling";
    static final String OPENING_3 = "EIO=3&transport=polling";
    private static final Pattern OPEN = Pattern.compile("^(\\d+:)?0\\{.*\"sid\":\"([^\"]+)\"");

    /** The session that {@code opening} has opened; empty if it is the answer of something else. */
    static Optional<PollingSession> of(Visitor visitor, Reply opening) {
        Matcher open = OPEN.matcher(opening.body());
        return opening.status() == 200 && open.find()
                ? Optional.of(new PollingSession(visitor, open.group(1) == null ? 4 : 3, open.group(2)))
                : Optional.empty();
    }

    /** What follows in a query. */
    String query() {
        return "EIO=" + revision + "&sid=" + sid;
    }

    Reply send(String packet) throws IOException {
        String payload = revision == 4 ? packet : packet.length() + ":" + packet;
        return visitor.post(query() + "&transport=polling", payload);
    }

    Reply poll() throws IOException {
        return visitor.get(query() + "&transport=polling");
    }

    /** Tells the server that it is over, so that nothing waits there. */
    @Override
    public void close() {
        try {
            send("1");
        } catch (IOException e) {
            // It ends by itself, after the heartbeat's time.
        }
    }
}
