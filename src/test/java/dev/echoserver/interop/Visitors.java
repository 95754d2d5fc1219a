package dev.echoserver.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.testing.RunningProgram;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The clients of one library in a process of their own, and what they have said.
 *
 * @param program prints what {@code clients.mjs} describes
 * @param count how many clients there are
 */
record Visitors(RunningProgram program, int count) implements AutoCloseable {
    /** How long after it has connected a client asks for the end of its transport. */
    static final int ASKS_AFTER_MILLIS = 1000;

    private static final Pattern LINE =
            Pattern.compile("(\\d+) (\\S+) (?:(connected)|(disconnected).*|event (\\S+) (\\[.*]))");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What happened to a client: {@code connected}, {@code disconnected}, or an event with its arguments. */
    record Sighting(long millis, String what, JsonNode arguments) {
        /** Whether it is {@code event} on any channel with {@code data}. */
        boolean is(String event, String data) {
            return what.equals(event) && arguments.path(1).asText().equals(data);
        }

        /** Whether it is from a presence channel and says that {@code user} is there. */
        boolean shows(String user) {
            JsonNode shown = arguments.path(1);
            return switch (what) {
                case "presence:joining" -> isOf(user, shown);
                case "presence:subscribed" -> isAmong(user, shown);
                default -> false;
            };
        }

        /** Whether it is from a presence channel and says that {@code user} is not there any more. */
        boolean showsLeaving(String user) {
            return what.equals("presence:leaving") && isOf(user, arguments.path(1));
        }

        private static boolean isAmong(String user, JsonNode members) {
            return StreamSupport.stream(members.spliterator(), false).anyMatch(member -> isOf(user, member));
        }

        private static boolean isOf(String user, JsonNode member) {
            return member.path("user_id").asText().equals(user);
        }
    }

    /** What happened so far, by client, in order. */
    Map<String, List<Sighting>> sightings() {
        String output = program.output();
        return output.substring(0, output.lastIndexOf('\n') + 1)
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(
                        line -> line.group(2),
                        TreeMap::new,
                        Collectors.mapping(Visitors::sighting, Collectors.toList())));
    }

    private static Sighting sighting(Matcher line) {
        long millis = Long.parseLong(line.group(1));
        if (line.group(5) == null) {
            return new Sighting(millis, line.group(3) == null ? "disconnected" : "connected", JSON.createArrayNode());
        }
        try {
            return new Sighting(millis, line.group(5), JSON.readTree(line.group(6)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those that have said anything. */
    Set<String> names() {
        return sightings().keySet();
    }

    /** Waits until {@code isWanted} of each client and of what happened to it. */
    void awaitEach(String what, BiPredicate<String, List<Sighting>> isWanted) {
        awaitEach(what, () -> {}, isWanted);
    }

    /** As {@link #awaitEach(String, BiPredicate)}, and does {@code again} in between. */
    void awaitEach(String what, Runnable again, BiPredicate<String, List<Sighting>> isWanted) {
        try {
            Awaitility.await(what).atMost(PATIENCE).pollInterval(SOON).until(() -> {
                again.run();
                Map<String, List<Sighting>> now = sightings();
                return now.size() == count
                        && now.entrySet().stream()
                                .allMatch(client -> isWanted.test(client.getKey(), client.getValue()));
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not all: " + what + "\n" + program.output(), e);
        }
    }

    /** How long after {@code sinceMillis} each of them was {@code what} first; waits until they have been. */
    Map<String, Long> millisFromTo(long sinceMillis, String what) {
        awaitEach(what, (client, seen) -> first(what, sinceMillis, seen).isPresent());
        Map<String, Long> millis = new TreeMap<>();
        sightings()
                .forEach((client, seen) -> first(what, sinceMillis, seen)
                        .ifPresent(sighting -> millis.put(client, sighting.millis - sinceMillis)));
        return millis;
    }

    private static Optional<Sighting> first(String what, long sinceMillis, List<Sighting> seen) {
        return seen.stream()
                .filter(sighting -> sighting.what.equals(what) && sighting.millis >= sinceMillis)
                .findFirst();
    }

    @Override
    public void close() {
        program.close();
    }
}
