package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** Many real clients in one process of Node, which count what they are sent; see {@code fleet.mjs}. */
public final class Fleet implements AutoCloseable {
    /** To be published on each channel until the fleet is subscribed. */
    public static final String PROBE = "{\"event\":\"fleet.probe\",\"data\":{},\"socket\":null}";

    /** To be published on each channel as its last message. */
    public static final String END = "{\"event\":\"fleet.end\",\"data\":{},\"socket\":null}";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeProcess process;
    private final Path expected;
    private final List<Client> clients;

    private Fleet(NodeProcess process, Path expected, List<Client> clients) {
        this.process = process;
        this.expected = expected;
        this.clients = clients;
    }

    /** One of the clients. */
    public record Client(String id, List<String> channels) {}

    /** A message that was published, as clients must get it; {@code data} is JSON. */
    public record Published(String channel, String event, String data, Optional<String> except) {}

    /** What the fleet found. */
    public record Result(int exitCode, JsonNode summary, List<String> output) {}

    /** Starts and connects {@code size} clients; {@code events} are all the names that will be published. */
    public static Fleet connect(int port, int size, List<String> channels, List<String> events) {
        ObjectNode job = MAPPER.createObjectNode().put("url", "http://127.0.0.1:" + port);
        return start(job, size, channels, events);
    }

    /** As {@link #connect}, over TLS; {@code authority} is the certificate that the clients trust. */
    public static Fleet connectEncrypted(
            int port, Path authority, int size, List<String> channels, List<String> events) {
        ObjectNode job = MAPPER.createObjectNode().put("url", "https://127.0.0.1:" + port);
        return start(job.put("ca", authority.toString()), size, channels, events);
    }

    private static Fleet start(ObjectNode job, int size, List<String> channels, List<String> events) {
        try {
            Path expected = Files.createTempFile("fleet", ".jsonl");
            job.put("clients", size).put("expected", expected.toString());
            job.set("channels", MAPPER.valueToTree(channels));
            job.set("events", MAPPER.valueToTree(events));
            NodeProcess process = NodeProcess.start("fleet.mjs", job.toString());
            return new Fleet(process, expected, clients(process.awaitLine("connected ", PATIENCE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Client> clients(String json) throws JsonProcessingException {
        return StreamSupport.stream(MAPPER.readTree(json).spliterator(), false)
                .map(client -> new Client(
                        client.path("id").asText(),
                        StreamSupport.stream(client.path("channels").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList()))
                .toList();
    }

    /** Those who are connected, and where each of them subscribes. */
    public List<Client> clients() {
        return clients;
    }

    /** Repeats {@code probe}, which must publish {@link #PROBE}, until every subscription is in force. */
    public void awaitSubscribed(Runnable probe) {
        Awaitility.await("subscribed").atMost(PATIENCE).until(() -> {
            probe.run();
            return process.lines().contains("subscribed");
        });
    }

    /** Says what they must have got. To be called before {@link #END} is published. */
    public void expect(List<Published> published) {
        try {
            Files.writeString(
                    expected,
                    String.join("\n", published.stream().map(Fleet::line).toList()),
                    UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Published message) {
        try {
            ObjectNode line = MAPPER.createObjectNode();
            line.put("channel", message.channel()).put("event", message.event());
            line.set("data", MAPPER.readTree(message.data()));
            line.put("except", message.except().orElse(null));
            return line.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until all have counted. */
    public Result result() {
        int exitCode = process.awaitExit(PATIENCE);
        try {
            return new Result(exitCode, MAPPER.readTree(process.awaitLine("summary ", PATIENCE)), process.lines());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        try {
            Files.deleteIfExists(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
