package dev.echoserver.chaos;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.PollingClient;
import java.io.IOException;

/** A page with laravel-echo that polls. */
final class PollingVisitor {
    private final Guest guest;
    private final PollingClient client;

    private PollingVisitor(Guest guest) throws IOException {
        this.guest = guest;
        this.client = PollingClient.open(guest.server().getPort(), "/socket.io/?EIO=" + guest.protocol());
    }

    /** A session, without CONNECT. */
    @CanIgnoreReturnValue
    static PollingVisitor open(Guest guest) throws IOException {
        return new PollingVisitor(guest);
    }

    /** One that is connected to the default namespace. */
    static PollingVisitor connect(Guest guest) throws IOException {
        PollingVisitor visitor = open(guest);
        if (guest.isV4()) {
            visitor.send("40");
            visitor.await("40{");
        }
        return visitor;
    }

    /** One that has been told who is in a room. */
    static PollingVisitor joined(Guest guest) throws IOException {
        PollingVisitor visitor = connect(guest);
        visitor.send(Visitor.subscribing(guest.user(), guest.room()));
        visitor.await("presence:subscribed");
        return visitor;
    }

    /** Its session. */
    PollingClient client() {
        return client;
    }

    /** Posts one packet. */
    void send(String packet) throws IOException {
        client.post(guest.isV4() ? packet : packet.length() + ":" + packet);
    }

    private void await(String part) throws IOException {
        String answer = client.poll().text();
        while (!answer.contains(part)) {
            if (answer.startsWith("{\"code\"")) {
                throw new AssertionError("Refused while waiting for " + part + ": " + answer);
            }
            answer = client.poll().text();
        }
    }

    /** Says that it goes. */
    void close() throws IOException {
        send("1");
    }
}
