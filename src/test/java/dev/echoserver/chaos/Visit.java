package dev.echoserver.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One way to come, to do something, and to be gone.
 *
 * @param name for reports
 */
record Visit(String name, Course course) {

    /** What happens; ends when the client has done its last deed, which may be long before the server notices. */
    interface Course {
        void take(Guest guest) throws IOException;
    }

    /**
     * Who visits.
     *
     * @param protocol of Engine.IO, 3 or 4
     * @param user a name that nobody else has
     * @param random for what the visit leaves open
     * @param leftovers gets what the server is to end
     */
    record Guest(InetSocketAddress server, int protocol, String user, RandomGenerator random, Leftovers leftovers) {
        private static final List<String> ROOMS = List.of(WatchedServer.ROOM, "presence-a", "presence-b", "presence-c");

        /** Some presence channel. */
        String room() {
            return ROOMS.get(random.nextInt(ROOMS.size()));
        }

        boolean isV4() {
            return protocol == 4;
        }
    }
}
