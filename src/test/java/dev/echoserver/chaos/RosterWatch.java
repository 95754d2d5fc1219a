package dev.echoserver.chaos;

import dev.echoserver.testing.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A member of a presence channel whose page shows who is there, as laravel-echo tells it, and notes whatever contradicts
 * what it was told before. Stays until it is closed.
 */
final class RosterWatch implements AutoCloseable {
    private static final String HERE = "presence:subscribed";
    private static final String JOINING = "presence:joining";
    private static final String LEAVING = "presence:leaving";

    private final String user;
    private final Visitor visitor;
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean closed;

    private RosterWatch(String user, Visitor visitor) {
        this.user = user;
        this.visitor = visitor;
        this.reader = new Thread(this::read, "watch " + user);
        reader.setDaemon(true);
    }

    /** Joins {@code room} at the node {@code server}. */
    static RosterWatch join(InetSocketAddress server, String user, String room) throws IOException {
        Visitor visitor = Visitor.connect(server, 4);
        RosterWatch watch = new RosterWatch(user, visitor);
        watch.hear(visitor.join(user, room));
        watch.reader.start();
        return watch;
    }

    private void read() {
        boolean isConnected = true;
        while (isConnected && !closed) {
            isConnected = readOne();
        }
    }

    /** False if the connection has ended. */
    private boolean readOne() {
        try {
            hear(visitor.next());
            return true;
        } catch (SocketTimeoutException nothingForSeconds) {
            return true;
        } catch (IOException | AssertionError end) {
            if (!closed) {
                faults.add(user + ": lost its connection: " + end);
            }
            return false;
        }
    }

    private void hear(String packet) {
        if (isEvent(packet, HERE)) {
            hereAre(usersIn(packet, HERE));
        } else if (isEvent(packet, JOINING)) {
            usersIn(packet, JOINING).stream()
                    .filter(joining -> !users.add(joining))
                    .forEach(twice -> faults.add(user + ": came twice: " + twice));
        } else if (isEvent(packet, LEAVING)) {
            usersIn(packet, LEAVING).stream()
                    .filter(leaving -> !users.remove(leaving))
                    .forEach(twice -> faults.add(user + ": left without being there: " + twice));
        } else if (packet.startsWith("42")) {
            events.add(packet.substring(2));
        }
    }

    private static boolean isEvent(String packet, String name) {
        return packet.startsWith("42[\"" + name + "\"");
    }

    private static List<String> usersIn(String packet, String event) {
        return Cluster.users(List.of(packet.substring(2)), event);
    }

    private void hereAre(List<String> present) {
        users.clear();
        present.stream().filter(each -> !users.add(each)).forEach(twice -> faults.add(user + ": here twice: " + twice));
    }

    /** Its own name. */
    String user() {
        return user;
    }

    /** Who is there, as far as it was told. */
    Set<String> users() {
        return Set.copyOf(users);
    }

    /** What else it got, in order. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** What contradicted itself. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        visitor.close();
    }
}
