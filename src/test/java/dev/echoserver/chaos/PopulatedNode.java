package dev.echoserver.chaos;

import static dev.echoserver.testing.InstalledProgram.addressOf;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A node with members of one presence channel: some stay and watch who is there, others come and go all the time. */
final class PopulatedNode {
    static final String ROOM = "presence-room";

    private static final int WATCHES = 3;
    private static final int MOST_VISITORS = 20;
    private static final long EVERY_MILLIS = 25;

    private final RunningProgram node;
    private final String name;
    private final RandomGenerator random;
    private final List<RosterWatch> watches = new ArrayList<>();
    private final Map<String, Visitor> visitors = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Api api;
    private boolean isPaused;
    private int number;

    private PopulatedNode(RunningProgram node, String name, RandomGenerator random) {
        this.node = node;
        this.name = name;
        this.random = random;
        this.api = new Api(addressOf(node));
    }

    /** Starts one; the names of its members begin with {@code name}, but for one who is on every node. */
    static PopulatedNode start(Cluster cluster, String name, RandomGenerator random) throws IOException {
        PopulatedNode started = new PopulatedNode(cluster.node(name), name, random);
        started.watches.add(RosterWatch.join(addressOf(started.node), "everywhere", ROOM));
        for (int i = 0; i < WATCHES; i++) {
            started.watches.add(RosterWatch.join(addressOf(started.node), name + "-watch-" + i, ROOM));
        }
        var unused = started.thread.scheduleWithFixedDelay(
                started::comeOrGo, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return started;
    }

    private synchronized void comeOrGo() {
        if (isPaused) {
            return;
        }
        try {
            if (visitors.isEmpty() || (visitors.size() < MOST_VISITORS && random.nextBoolean())) {
                come();
            } else {
                go();
            }
        } catch (IOException | AssertionError fault) {
            faults.add(name + ": " + fault);
        }
    }

    private void come() throws IOException {
        String user = name + "-" + number++;
        Visitor visitor = Visitor.connect(addressOf(node), random.nextBoolean() ? 3 : 4);
        visitor.join(user, ROOM);
        visitors.put(user, visitor);
    }

    /** The one who came first: nobody stays until a heartbeat is due. */
    private void go() throws IOException {
        Iterator<Visitor> oldest = visitors.values().iterator();
        Visitor visitor = oldest.next();
        oldest.remove();
        switch (random.nextInt(3)) {
            case 0 -> visitor.socket().reset();
            case 1 -> visitor.unsubscribe(ROOM).close();
            default -> visitor.close();
        }
    }

    /** From when this returns nobody comes or goes. */
    synchronized void pause() {
        isPaused = true;
    }

    synchronized void goOn() {
        isPaused = false;
    }

    /** Who is there, exact while it is paused. */
    synchronized Set<String> members() {
        Set<String> members = new TreeSet<>(visitors.keySet());
        watches.forEach(watch -> members.add(watch.user()));
        return members;
    }

    /** Whether {@code user} came by this node and by no other. */
    boolean isHome(String user) {
        return user.startsWith(name + "-");
    }

    /** Those who stay. */
    List<RosterWatch> watches() {
        return watches;
    }

    /** Its HTTP API. */
    Api api() {
        return api;
    }

    /** Who watches from outside. */
    RosterWatch newcomer(String user) throws IOException {
        return RosterWatch.join(addressOf(node), user, ROOM);
    }

    /** What its members have noticed. */
    synchronized List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        watches.forEach(watch -> all.addAll(watch.faults()));
        return all;
    }

    /** Ends it without a word. Returns what its members had noticed by then. */
    List<String> kill() throws IOException {
        List<String> noticed = faults();
        node.kill();
        thread.shutdownNow();
        for (RosterWatch watch : watches) {
            watch.close();
        }
        return noticed;
    }

    /** All members leave; the node stays. */
    void empty() throws IOException {
        pause();
        thread.shutdownNow();
        for (RosterWatch watch : watches) {
            watch.close();
        }
        for (Visitor visitor : visitors.values()) {
            visitor.close();
        }
    }
}
