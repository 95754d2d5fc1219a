package dev.echoserver.chaos;

import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.util.List;

/** Visits by long-polling. */
final class PollingVisits {
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final int UPLOAD_BYTES = 4096;

    private PollingVisits() {}

    static List<Visit> all() {
        return List.of(
                new Visit("polling closed", PollingVisits::close),
                new Visit("polling cut with a poll open", PollingVisits::cutWithPollOpen),
                new Visit("polling left after a poll", PollingVisits::leaveAfterPoll),
                new Visit("polling left while Laravel is asked", PollingVisits::leaveWhileAsked),
                new Visit("polling left after the handshake", PollingVisits::leaveAfterHandshake),
                new Visit("polling cut within an upload", PollingVisits::cutWithinUpload),
                new Visit("polling ended by a second poll", PollingVisits::pollTwice),
                new Visit("polling closed with a poll open", PollingVisits::closeWithPollOpen));
    }

    private static void close(Guest guest) throws IOException {
        PollingVisitor.joined(guest).close();
    }

    private static void closeWithPollOpen(Guest guest) throws IOException {
        PollingVisitor visitor = PollingVisitor.joined(guest);
        try (RawConnection poll = visitor.client().beginPoll()) {
            visitor.close();
            poll.reply();
        }
    }

    private static void cutWithPollOpen(Guest guest) throws IOException {
        RawConnection poll = PollingVisitor.joined(guest).client().beginPoll();
        if (guest.random().nextBoolean()) {
            poll.reset();
        } else {
            poll.close();
        }
    }

    private static void leaveAfterPoll(Guest guest) throws IOException {
        guest.leftovers()
                .add(Ending.ofPoll(PollingVisitor.joined(guest).client().beginPoll()));
    }

    private static void leaveWhileAsked(Guest guest) throws IOException {
        PollingVisitor visitor = PollingVisitor.connect(guest);
        visitor.send(Visitor.subscribing(guest.user(), guest.room()));
    }

    private static void leaveAfterHandshake(Guest guest) throws IOException {
        PollingVisitor.open(guest);
    }

    private static void cutWithinUpload(Guest guest) throws IOException {
        String target = PollingVisitor.joined(guest).client().target();
        RawConnection upload = RawConnection.to(guest.server());
        upload.write(RawConnection.postHead(target, TEXT, UPLOAD_BYTES));
        upload.write("x".repeat(guest.random().nextInt(UPLOAD_BYTES)));
        if (guest.random().nextBoolean()) {
            upload.reset();
        } else {
            upload.close();
        }
    }

    private static void pollTwice(Guest guest) throws IOException {
        PollingVisitor visitor = PollingVisitor.joined(guest);
        try (RawConnection first = visitor.client().beginPoll();
                RawConnection second = visitor.client().beginPoll()) {
            first.reply();
            second.reply();
        }
    }
}
