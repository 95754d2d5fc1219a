package dev.echoserver.doctor;

import dev.echoserver.doctor.Visitor.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of Engine.IO 4 over long polling. */
record PollingSession(Visitor visitor, String sid) implements AutoCloseable {
    static final String OPENING = "EIO=4&transport=polling";
    private static final Pattern OPEN = Pattern.compile("^0\\{.*\"sid\":\"([^\"]+)\"");

    /** The session that {@code opening} has opened; empty if it is the answer of something else. */
    static Optional<PollingSession> of(Visitor visitor, Reply opening) {
        Matcher open = OPEN.matcher(opening.body());
        return opening.status() == 200 && open.find()
                ? Optional.of(new PollingSession(visitor, open.group(1)))
                : Optional.empty();
    }

    /** What follows in a query. */
    String query() {
        return "EIO=4&sid=" + sid;
    }

    Reply send(String packet) throws IOException {
        return visitor.post(query() + "&transport=polling", packet);
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
