package dev.echoserver.chaos;

import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.List;

/** Visits that begin with polling and move to a WebSocket, or do not get that far. */
final class UpgradeVisits {
    private UpgradeVisits() {}

    static List<Visit> all() {
        return List.of(
                new Visit("upgrade cut after 101", guest -> cut(guest, open(guest))),
                new Visit("upgrade cut after the probe", guest -> cut(guest, probed(guest))),
                new Visit("upgrade cut after the probe's answer", guest -> cut(guest, answered(guest))),
                new Visit("upgrade cut after UPGRADE", guest -> cut(guest, upgraded(guest))),
                new Visit("upgrade cut with a poll open", UpgradeVisits::cutWithPollOpen),
                new Visit("upgrade silent after 101", guest -> leave(guest, open(guest))),
                new Visit("upgrade silent after the probe's answer", guest -> leave(guest, answered(guest))),
                new Visit("upgrade silent after UPGRADE", guest -> leave(guest, upgraded(guest))));
    }

    private static RawWebSocket open(Guest guest) throws IOException {
        return open(guest, PollingVisitor.joined(guest));
    }

    private static RawWebSocket open(Guest guest, PollingVisitor visitor) throws IOException {
        String target =
                Visitor.target(guest.protocol()) + "&sid=" + visitor.client().sid();
        return RawWebSocket.open(RawConnection.to(guest.server()), target);
    }

    private static RawWebSocket probed(Guest guest) throws IOException {
        return open(guest).send("2probe");
    }

    private static RawWebSocket answered(Guest guest) throws IOException {
        return answered(probed(guest));
    }

    private static RawWebSocket answered(RawWebSocket socket) throws IOException {
        String answer = socket.text();
        if (!answer.equals("3probe")) {
            throw new AssertionError("The probe was answered by " + answer);
        }
        return socket;
    }

    private static RawWebSocket upgraded(Guest guest) throws IOException {
        return answered(guest).send("5").send(Visitor.subscribing(guest.user(), "private-" + guest.user()));
    }

    private static void cutWithPollOpen(Guest guest) throws IOException {
        PollingVisitor visitor = PollingVisitor.joined(guest);
        RawConnection poll = visitor.client().beginPoll();
        cut(guest, answered(open(guest, visitor).send("2probe")));
        poll.close();
    }

    private static void cut(Guest guest, RawWebSocket socket) throws IOException {
        if (guest.random().nextBoolean()) {
            socket.reset();
        } else {
            socket.close();
        }
    }

    private static void leave(Guest guest, RawWebSocket socket) {
        guest.leftovers().add(Ending.of(socket));
    }
}
