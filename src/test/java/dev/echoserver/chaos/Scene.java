package dev.echoserver.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a failure is played on: packaged programs with good clients of both generations on a public, a private and a
 * presence channel, and numbers that are published on these all the time.
 */
final class Scene implements AutoCloseable {
    static final List<String> CHANNELS = List.of("news", "private-news", "presence-news");

    static final int AUTH_TIMEOUT_SECONDS = 1;

    private static final int WITNESSES = 24;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SETTLING = Duration.ofSeconds(45);

    private final List<Node> nodes = new ArrayList<>();
    private final Numbers numbers;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final AuthHost application = AuthHost.start();
    private int whispers;

    /** A server and those who are connected to it. */
    record Node(RunningProgram program, int port, List<Witness> witnesses) {}

    private Scene(Numbers numbers) {
        this.numbers = numbers;
    }

    /**
     * Starts {@code count} programs in {@code folder}, which reach {@code redis} through {@code port}, and waits until all
     * is well.
     */
    static Scene open(Path folder, RedisProcess redis, int port, int count) {
        Scene scene = new Scene(Numbers.start(redis.port(), CHANNELS));
        try {
            for (int i = 0; i < count; i++) {
                scene.nodes.add(scene.node(folder.resolve("node-" + i), port, WITNESSES / count));
            }
            var unused = scene.heart.scheduleWithFixedDelay(
                    () -> scene.witnesses().forEach(Witness::beat), 5, 5, TimeUnit.SECONDS);
            scene.await(SETTLING, () -> scene.isRight() && scene.hasHeard(0));
            return scene;
        } catch (AssertionError e) {
            scene.close();
            throw e;
        }
    }

    static ConditionFactory within(Duration limit) {
        return Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(20));
    }

    private Node node(Path folder, int redisPort, int witnessCount) {
        RunningProgram program = InstalledProgram.in(newFolder(folder))
                .configured("{\"port\":0,\"authHost\":\"" + application.url()
                        + "\",\"databaseConfig\":{\"redis\":{\"port\":" + redisPort
                        + "}},\"limits\":{\"authTimeoutSeconds\":" + AUTH_TIMEOUT_SECONDS
                        + "},\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}]}")
                .startServer();
        int port = InstalledProgram.portOf(program);
        List<Witness> witnesses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < witnessCount; i++) {
            witnesses.add(new Witness(port, 3 + i % 2, "w" + port + "-" + i, CHANNELS));
        }
        return new Node(program, port, witnesses);
    }

    /** Lets {@code time} pass. */
    static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    private static Path newFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    Node first() {
        return nodes.get(0);
    }

    /** One more client of the first server, who is waited for like all others from now on. */
    void admit() {
        List<Witness> there = first().witnesses();
        there.add(new Witness(first().port(), 4, "late-" + there.size(), CHANNELS));
    }

    List<Witness> witnesses() {
        return nodes.stream().flatMap(node -> node.witnesses().stream()).toList();
    }

    AuthHost application() {
        return application;
    }

    Numbers numbers() {
        return numbers;
    }

    /** Whether all have heard {@code number} or a later one. */
    boolean hasHeard(int number) {
        return witnesses().stream().allMatch(witness -> witness.hasHeard(number));
    }

    /** Whether everybody knows of everybody, on each channel's own way. */
    boolean isRight() {
        Set<String> everybody = new TreeSet<>();
        witnesses().forEach(witness -> everybody.add(witness.user()));
        return witnesses().stream().allMatch(witness -> witness.present().equals(everybody))
                && nodes.stream().allMatch(node -> isCounted(node, everybody.size()))
                && isWhisperHeard();
    }

    /** Whether no node has still to say that Redis takes its heartbeat again, which belongs to the trouble before. */
    private boolean hasSaidAll() {
        return nodes.stream()
                .map(node -> node.program().output())
                .allMatch(log ->
                        log.lastIndexOf("Redis refuses the heartbeat") <= log.lastIndexOf("takes the heartbeat"));
    }

    private static boolean isCounted(Node node, int everybody) {
        JsonNode room = ask(node, "channels/presence-news");
        return room.path("user_count").asInt() == everybody
                && room.path("subscription_count").asInt() == everybody
                && ask(node, "channels/private-news").path("subscription_count").asInt() == everybody;
    }

    private static JsonNode ask(Node node, String what) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + node.port() + "/apps/les/" + what + "?auth_key=secret");
            return JSON.readTree(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** From the first server to the last, which may be another one. */
    private boolean isWhisperHeard() {
        String text = "psst " + ++whispers;
        List<Witness> others = nodes.get(nodes.size() - 1).witnesses();
        Witness listener = others.get(others.size() - 1);
        first().witnesses().get(0).whisper("private-news", text);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (!listener.hasHeardWhisper(text) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return listener.hasHeardWhisper(text);
    }

    /** Has {@code trouble} happen, which returns when it is over, and waits until all is well again. */
    Finding play(String name, Runnable trouble) {
        Account before = Account.of(this);
        int from = numbers.count();
        Instant began = Instant.now();
        trouble.run();
        long over = System.nanoTime();
        int after = numbers.count() + 1; // One may be on its way.
        await(PATIENCE, () -> hasHeard(after));
        long recovered = System.nanoTime();
        await(PATIENCE, this::isRight);
        long right = System.nanoTime();
        await(PATIENCE, this::hasSaidAll);
        int to = numbers.count();
        await(PATIENCE, () -> hasHeard(to));
        Finding finding = Finding.of(
                name,
                new Finding.Times(Duration.ofNanos(recovered - over), Duration.ofNanos(right - over)),
                Losses.of(this, from, to, began),
                before,
                Account.of(this));
        System.out.println(finding.line());
        return finding;
    }

    private void await(Duration limit, BooleanSupplier condition) {
        try {
            within(limit).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            List<String> all = new ArrayList<>();
            witnesses().forEach(witness -> all.add(witness.toString()));
            nodes.forEach(node -> all.add(node.program().output()));
            throw new AssertionError(String.join("\n", all), e);
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        numbers.close();
        witnesses().forEach(Witness::close);
        nodes.forEach(node -> node.program().close());
        application.close();
    }
}
