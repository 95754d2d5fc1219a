package dev.echoserver.chaos;

import static dev.echoserver.testing.InstalledProgram.addressOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network between a node and the rest is cut, without a word to either side, and heals again. */
@Timeout(180)
final class NetworkCutIT {
    private static final String ROOM = "presence-room";
    private static final Duration HEARTBEAT = Duration.ofSeconds(6);
    private static final Duration NOTICED = HEARTBEAT.plusSeconds(2);
    private static final Duration DEAD = Duration.ofSeconds(30);
    private static final Duration CUT = Duration.ofSeconds(Scale.isLong() ? 30 : 1);
    private static final Duration BACK = Duration.ofSeconds(20);
    private static final List<String> NEAR = users("near");
    private static final List<String> FAR = users("far");
    private static final List<String> MOBILE = users("mobile");

    @TempDir
    private Path folder;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();
    private long cutAt;

    private static List<String> users(String name) {
        return IntStream.range(0, 5).mapToObj(i -> name + i).toList();
    }

    /** The last part first: nothing may run in a network that is removed. */
    @AfterEach
    void closeAll() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    private <T extends AutoCloseable> T with(T part) {
        parts.add(part);
        return part;
    }

    @Test
    void whoIsCutOffLeavesAndComesBackOnceAndNobodyElseNotices() throws IOException {
        CutNetwork network = with(CutNetwork.create(Scale.random(NetworkCutIT.class)));
        int redis = startRedis(network.here());
        StubApplication application = with(StubApplication.at(network.here()));
        Laravel laravel = with(Laravel.on(RedisConfig.of("127.0.0.1", redis)));
        RunningProgram nearNode = start("near", List.of(), network.here(), redis, application);
        RunningProgram farNode = start("far", network.inside(), network.here(), redis, application);
        List<RosterWatch> near = join(addressOf(nearNode), NEAR);
        List<RosterWatch> far = join(new InetSocketAddress(network.aside(), InstalledProgram.portOf(farNode)), FAR);
        startMobile(network, InstalledProgram.portOf(nearNode));
        awaitUsers(BACK, List.copyOf(together(List.of(near, far))), together(List.of(NEAR, FAR, MOBILE)));
        publish(laravel, "before");
        awaitEvents(near, "before");
        awaitEvents(far, "before");

        cutAt = System.nanoTime();
        network.cut();
        publish(laravel, "meanwhile");
        awaitEvents(near, "before", "meanwhile");
        note("half-open clients left", () -> awaitNobody(NOTICED, near, MOBILE::contains));
        note("members of the other node left", () -> awaitNobody(DEAD, near, FAR::contains));
        note("the other node knows", () -> farNode.awaitRestOf("WARN  Not listening to Redis"));
        awaitUsers(BACK, near, together(List.of(NEAR)));
        await().atMost(CUT).until(() -> System.nanoTime() - cutAt > CUT.toNanos());
        RosterWatch late = with(RosterWatch.join(addressOf(nearNode), "late", ROOM));
        assertThat(late.users()).containsExactlyInAnyOrderElementsOf(together(List.of(NEAR, List.of("late"))));

        network.heal();
        List<RosterWatch> all = List.copyOf(together(List.of(near, far, List.of(late))));
        note("healed", () -> {});
        note("all are back", () -> awaitUsers(BACK, all, together(List.of(NEAR, FAR, List.of("late")))));
        note("the other node listens again", () -> farNode.awaitRestOf("Listening to Redis again"));
        publish(laravel, "after");
        awaitEvents(near, "before", "meanwhile", "after");
        awaitEvents(far, "before", "after");
        System.out.println("Network cut: " + timeline);
        assertThat(all).allSatisfy(watch -> assertThat(watch.faults()).isEmpty());
        assertThat(new Api(addressOf(nearNode)).users(ROOM))
                .containsExactlyInAnyOrderElementsOf(together(List.of(NEAR, FAR, List.of("late"))));
        assertThat(farNode.output()).doesNotContain(" ERROR ");
        assertThat(nearNode.output()).doesNotContain(" ERROR ");
    }

    private void note(String what, Runnable step) {
        step.run();
        timeline.add("%s after %.1f s".formatted(what, (System.nanoTime() - cutAt) / 1e9));
    }

    private int startRedis(InetAddress address) throws IOException {
        Requirement.program("redis-server");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        with(RunningProgram.start(
                        folder,
                        Map.of(),
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1 " + address.getHostAddress(),
                        "--protected-mode",
                        "no",
                        "--save",
                        ""))
                .awaitRestOf("Ready to accept connections");
        return port;
    }

    private RunningProgram start(
            String name, List<String> where, InetAddress neighbours, int redis, StubApplication application)
            throws IOException {
        return with(InstalledProgram.in(Files.createDirectories(folder.resolve(name)))
                .by(where)
                .configured("{\"port\":0,\"authHost\":\"" + application.url()
                        + "\",\"databaseConfig\":{\"redis\":{\"host\":\"" + neighbours.getHostAddress()
                        + "\",\"port\":" + redis + "}}," + Api.CLIENTS
                        + ",\"socketio\":{\"pingInterval\":" + HEARTBEAT.toMillis() / 2
                        + ",\"pingTimeout\":" + HEARTBEAT.toMillis() / 2 + "}}")
                .startServer());
    }

    private List<RosterWatch> join(InetSocketAddress server, List<String> users) throws IOException {
        List<RosterWatch> watches = new ArrayList<>();
        for (String user : users) {
            watches.add(with(RosterWatch.join(server, user, ROOM)));
        }
        return watches;
    }

    /** Clients of the near node whose connections pass the link that is cut. */
    private void startMobile(CutNetwork network, int port) throws IOException {
        List<String> command = new ArrayList<>(network.inside());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FarVisitors.class.getName(),
                network.here().getHostAddress(),
                Integer.toString(port),
                ROOM));
        command.addAll(MOBILE);
        with(RunningProgram.start(Path.of("."), Map.of(), command.toArray(String[]::new)))
                .awaitLine(FarVisitors.JOINED);
    }

    private static void publish(Laravel laravel, String event) {
        laravel.publish(LaravelVersion.V13, "", ROOM, "{\"event\":\"" + event + "\",\"data\":1,\"socket\":null}");
        laravel.flush();
    }

    private static void awaitEvents(List<RosterWatch> watches, String... names) {
        List<String> expected = Stream.of(names)
                .map(name -> "[\"" + name + "\",\"" + ROOM + "\",1]")
                .toList();
        await().untilAsserted(() -> assertThat(watches)
                .allSatisfy(watch -> assertThat(watch.events()).isEqualTo(expected)));
    }

    private static <T> Set<T> together(List<List<T>> parts) {
        return parts.stream().flatMap(List::stream).collect(Collectors.toSet());
    }

    private static void awaitUsers(Duration most, List<RosterWatch> watches, Set<String> expected) {
        await().atMost(most)
                .untilAsserted(() -> assertThat(watches)
                        .allSatisfy(watch -> assertThat(watch.users()).isEqualTo(expected)));
    }

    private static void awaitNobody(Duration most, List<RosterWatch> watches, Predicate<String> gone) {
        await().atMost(most)
                .untilAsserted(() -> assertThat(watches)
                        .allSatisfy(watch -> assertThat(watch.users()).noneMatch(gone)));
    }
}
