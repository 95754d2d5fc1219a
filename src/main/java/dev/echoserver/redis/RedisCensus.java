package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.census.Census;
import dev.echoserver.census.CensusException;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on all nodes: asks the others and adds up. Every node that lives by its heartbeat has to answer in time; a node
 * that is alone asks nobody.
 *
 * <pre>
 *   question  [asker: string, number: number, channel: string, isPrefix: boolean]
 *   answer    [asker: string, number: number, names of the node: array, sockets: number, {channel: subscribers}]
 * </pre>
 */
public final class RedisCensus implements Census {
    private static final Logger log = LoggerFactory.getLogger(RedisCensus.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RedisLink link;
    private final RedisPresenceStore store;
    private final Census own;
    private final Duration patience;
    private final NodeRegister register;
    private final String asker = UUID.randomUUID().toString();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Poll> polls = new ConcurrentHashMap<>();

    /**
     * To be made before {@code link} and the bus's source are opened.
     *
     * @param store keeps the heartbeat of this node
     * @param own counts on this node
     */
    public RedisCensus(RedisLink link, NodeBus bus, RedisPresenceStore store, Census own) {
        this(link, bus, store, own, PATIENCE);
    }

    RedisCensus(RedisLink link, NodeBus bus, RedisPresenceStore store, Census own, Duration patience) {
        this.link = link;
        this.store = store;
        this.own = own;
        this.patience = patience;
        this.register = new NodeRegister(link);
        bus.handle(InternalChannel.CENSUS, this::hearQuestion);
        bus.handle(InternalChannel.COUNTS, this::hearAnswer);
    }

    @Override
    public CompletionStage<Count> count(Selection channels) {
        return own.count(channels)
                .thenCombine(ofOthers(channels), Count::plus)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(translated(failure)));
    }

    private static CensusException translated(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof CensusException known ? known : new CensusException(String.valueOf(cause.getMessage()));
    }

    private CompletionStage<Count> ofOthers(Selection channels) {
        return register.living().thenCompose(nodes -> {
            nodes.removeAll(Set.copyOf(store.recentNames()));
            return nodes.isEmpty() ? CompletableFuture.completedStage(Count.ZERO) : ask(nodes, channels);
        });
    }

    private CompletionStage<Count> ask(Set<String> nodes, Selection channels) {
        long number = numbers.incrementAndGet();
        Poll poll = new Poll(nodes);
        polls.put(number, poll);
        ScheduledFuture<?> end = link.clock().schedule(poll::end, patience.toNanos(), TimeUnit.NANOSECONDS);
        ArrayNode question =
                NODES.arrayNode().add(asker).add(number).add(channels.name()).add(channels.isPrefix());
        publish(InternalChannel.CENSUS, question);
        return poll.result().whenComplete((count, failure) -> {
            end.cancel(false);
            polls.remove(number);
        });
    }

    private boolean hearQuestion(byte[] payload) {
        Optional<JsonNode> question = read(payload, 4);
        question.filter(parts -> !parts.get(0).asText().equals(asker))
                .ifPresent(parts -> own.count(new Selection(
                                parts.get(2).asText(), parts.get(3).asBoolean()))
                        .thenAccept(count -> answer(parts, count)));
        return question.isPresent();
    }

    private void answer(JsonNode question, Count count) {
        ArrayNode names = NODES.arrayNode();
        store.recentNames().forEach(names::add);
        ObjectNode subscribers = NODES.objectNode();
        count.subscribers().forEach(subscribers::put);
        ArrayNode answer = NODES.arrayNode().add(question.get(0)).add(question.get(1));
        publish(InternalChannel.COUNTS, answer.add(names).add(count.sockets()).add(subscribers));
    }

    private boolean hearAnswer(byte[] payload) {
        Optional<JsonNode> answer = read(payload, 5);
        answer.filter(parts -> parts.get(0).asText().equals(asker))
                .ifPresent(parts -> Optional.ofNullable(polls.get(parts.get(1).asLong()))
                        .ifPresent(poll -> poll.add(names(parts.get(2)), count(parts.get(3), parts.get(4)))));
        return answer.isPresent();
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Count count(JsonNode sockets, JsonNode object) {
        Map<String, Integer> subscribers = new HashMap<>();
        object.properties()
                .forEach(channel ->
                        subscribers.put(channel.getKey(), channel.getValue().asInt()));
        return new Count(sockets.asLong(), subscribers);
    }

    private static Optional<JsonNode> read(byte[] payload, int size) {
        return JsonTree.read(Json.of(payload)).filter(parts -> parts.isArray() && parts.size() == size);
    }

    private void publish(String channel, ArrayNode message) {
        byte[] name = (link.settings().keyPrefix() + channel).getBytes(UTF_8);
        link.send(redis -> redis.publish(name, message.toString().getBytes(UTF_8)))
                .whenComplete((heard, failure) -> {
                    if (failure != null) {
                        log.debug("Not sent to other nodes: channel={}", channel, failure);
                    }
                });
    }
}
