package dev.echoserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.census.Census;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.json.EnvelopeScanner;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Describes channels, as they are on all nodes. Any thread; what cannot be counted fails. */
final class ChannelReports {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonElements ELEMENTS = new JsonElements(EnvelopeScanner.MAX_DEPTH);

    private final Census census;
    private final PresenceStore presence;

    ChannelReports(Census census, PresenceStore presence) {
        this.census = census;
        this.presence = presence;
    }

    /** {@code {"channels": {name: attributes}}} of all channels that begin with {@code prefix} and have subscribers. */
    CompletionStage<String> list(String prefix, Set<Attribute> wanted) {
        return census.count(Selection.startingWith(prefix))
                .thenCompose(count -> described(new TreeMap<>(count.subscribers()), wanted))
                .thenApply(ChannelReports::listed);
    }

    /** As {@link #list}, of {@code names}, with or without subscribers. */
    CompletionStage<ObjectNode> of(Collection<String> names, Set<Attribute> wanted) {
        Map<String, Integer> none = new TreeMap<>();
        names.forEach(name -> none.put(name, 0));
        CompletionStage<Map<String, Integer>> counts = CompletableFuture.completedStage(none);
        for (String name : none.keySet()) {
            counts = counts.thenCombine(census.count(Selection.only(name)), (all, count) -> {
                all.put(name, count.of(name));
                return all;
            });
        }
        return counts.thenCompose(all -> described(all, wanted));
    }

    /** The attributes of the channel {@code name}. */
    CompletionStage<String> one(String name, Set<Attribute> wanted) {
        return census.count(Selection.only(name))
                .thenCompose(count -> describe(name, count.of(name), wanted))
                .thenApply(ObjectNode::toString);
    }

    /**
     * {@code {"users": [{"id": …, "user_info": …}]}}, in each dialect's form. Counts first: as long as a node does not
     * answer, nobody knows whether its members are still here, so a list of them would not agree with the count.
     */
    CompletionStage<String> users(PresenceChannel channel, Dialect dialect, boolean withInfo) {
        return census.count(Selection.only(channel.name()))
                .thenCompose(count -> presence.users(channel))
                .thenApply(users -> users.stream()
                        .map(user -> dialect == Dialect.PUSHER ? named(user, withInfo) : stored(user))
                        .collect(Collectors.joining(",", "{\"users\":[", "]}")));
    }

    static String listed(ObjectNode channels) {
        return NODES.objectNode().set("channels", channels).toString();
    }

    private CompletionStage<ObjectNode> described(Map<String, Integer> counts, Set<Attribute> wanted) {
        CompletionStage<ObjectNode> all = CompletableFuture.completedStage(NODES.objectNode());
        for (Map.Entry<String, Integer> channel : counts.entrySet()) {
            all = all.thenCombine(
                    describe(channel.getKey(), channel.getValue(), wanted),
                    (object, attributes) -> object.set(channel.getKey(), attributes));
        }
        return all;
    }

    private CompletionStage<ObjectNode> describe(String name, int subscribers, Set<Attribute> wanted) {
        ObjectNode attributes = NODES.objectNode();
        if (wanted.contains(Attribute.SUBSCRIPTION_COUNT)) {
            attributes.put(Attribute.SUBSCRIPTION_COUNT.wireName(), subscribers);
        }
        if (wanted.contains(Attribute.OCCUPIED)) {
            attributes.put(Attribute.OCCUPIED.wireName(), subscribers > 0);
        }
        return wanted.contains(Attribute.USER_COUNT)
                ? presence.users(new PresenceChannel(name))
                        .thenApply(users -> attributes.put(Attribute.USER_COUNT.wireName(), users.size()))
                : CompletableFuture.completedStage(attributes);
    }

    private static String stored(Member user) {
        Map<String, Json> fields = fields(user);
        List<String> known = new ArrayList<>(); // Of a member without an id there is none.
        Optional.ofNullable(fields.get("user_id")).ifPresent(id -> known.add("\"id\":" + id));
        Optional.ofNullable(fields.get("user_info")).ifPresent(info -> known.add("\"user_info\":" + info));
        return "{" + String.join(",", known) + "}";
    }

    private static String named(Member user, boolean withInfo) {
        return "{\"id\":" + Json.string(user.userId()) + (withInfo ? info(fields(user)) : "") + "}";
    }

    private static Map<String, Json> fields(Member user) {
        return ELEMENTS.fields(user.json().toString()).orElse(Map.of());
    }

    private static String info(Map<String, Json> fields) {
        return Optional.ofNullable(fields.get("user_info"))
                .map(info -> ",\"user_info\":" + info)
                .orElse("");
    }

    /** What laravel-echo-server tells of every channel. */
    static Set<Attribute> usual() {
        return Set.copyOf(List.of(Attribute.SUBSCRIPTION_COUNT, Attribute.OCCUPIED));
    }
}
