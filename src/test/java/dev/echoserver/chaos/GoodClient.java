package dev.echoserver.chaos;

import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that keeps every rule, and notices whether each numbered event comes to it once and in order. Reads in a thread
 * of its own; at least one event must come every few seconds, or {@link RawConnection} loses its patience.
 */
final class GoodClient implements AutoCloseable {
    private static final Pattern TICK = Pattern.compile("42\\[\"tick\",\"([^\"]+)\",(\\d+)]");
    private static final Pattern HELLO = Pattern.compile("42\\[\"client-hello\",\"[^\"]+\",\"([^\"]+)\"]");
    private static final Duration PING_EVERY = Duration.ofSeconds(4);

    private final String name;
    private final int protocol;
    private final Wire wire;
    private final Map<String, Long> lastTicks = new ConcurrentHashMap<>();
    private final Set<String> hellos = ConcurrentHashMap.newKeySet();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private long pingedAt = System.nanoTime();
    private volatile boolean isClosed;

    private GoodClient(String name, int protocol, Wire wire) {
        this.name = name;
        this.protocol = protocol;
        this.wire = wire;
    }

    /** The {@code number}-th, on {@code channels}: every combination of protocol and transport comes up in turn. */
    static GoodClient connect(int port, int number, List<String> channels) {
        int protocol = 3 + number % 2;
        boolean polls = number / 2 % 2 == 1;
        try {
            Wire wire = polls ? Wire.polling(port, protocol) : Wire.webSocket(port, protocol);
            GoodClient client = new GoodClient(
                    "client " + number + " (EIO" + protocol + (polls ? ", polling)" : ", WebSocket)"), protocol, wire);
            client.start(number, channels);
            return client;
        } catch (IOException e) {
            throw new AssertionError("good client " + number, e);
        }
    }

    private void start(int number, List<String> channels) throws IOException {
        if (protocol == 4) {
            wire.send("40");
        }
        for (String channel : channels) {
            wire.send("42[\"subscribe\",{\"channel\":\"" + channel + "\",\"auth\":{\"headers\":{\"X-User\":\"good-"
                    + number + "\"}}}]");
        }
        Thread reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (!isClosed) {
                for (String packet : wire.packets()) {
                    hear(packet);
                }
                pingIfDue();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            if (!isClosed) {
                faults.add(name + ": " + e);
            }
        }
    }

    private void hear(String packet) throws IOException {
        Matcher tick = TICK.matcher(packet);
        Matcher hello = HELLO.matcher(packet);
        if (tick.matches()) {
            count(tick.group(1), Long.parseLong(tick.group(2)));
        } else if (hello.matches()) {
            hellos.add(hello.group(1));
        } else if (packet.equals("2") && protocol == 4) {
            wire.send("3");
        } else if (packet.startsWith("1") || packet.startsWith("41")) {
            faults.add(name + ": " + packet);
        }
    }

    private void count(String channel, long number) {
        Long before = lastTicks.put(channel, number);
        if (before != null && number != before + 1) {
            faults.add(name + ": on " + channel + " came " + number + " after " + before);
        }
    }

    private void pingIfDue() throws IOException {
        if (protocol == 3 && System.nanoTime() - pingedAt > PING_EVERY.toNanos()) {
            pingedAt = System.nanoTime();
            wire.send("2");
        }
    }

    /** Whispers {@code word} on {@code channel}. */
    void hello(String channel, String word) {
        try {
            wire.send("42[\"client event\",{\"channel\":\"" + channel + "\",\"event\":\"client-hello\",\"data\":\""
                    + word + "\"}]");
        } catch (IOException e) {
            faults.add(name + ": " + e);
        }
    }

    /** Whether it has heard {@code word}. */
    boolean hasHeard(String word) {
        return hellos.contains(word);
    }

    /** Whether the event with {@code number}, and so every one before, has come on each of {@code channels}. */
    boolean hasAll(List<String> channels, long number) {
        return channels.stream().allMatch(channel -> lastTicks.getOrDefault(channel, -1L) >= number);
    }

    /** What it lacks for {@link #hasAll}. */
    @Override
    public String toString() {
        return name + " " + lastTicks;
    }

    /** What went wrong. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        wire.close();
    }
}
