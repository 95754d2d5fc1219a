package dev.echoserver.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.log.Excerpt;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what requests carry. A request of which a part is wrong publishes nothing. */
final class Publishing {
    private static final Logger log = LoggerFactory.getLogger(Publishing.class);

    private final EventReader reader;
    private final BroadcastSink publisher;
    private final ChannelReports reports;

    Publishing(EventReader reader, BroadcastSink publisher, ChannelReports reports) {
        this.reader = reader;
        this.publisher = publisher;
        this.reports = reports;
    }

    /** Publishes one event and returns the answer: {@code {"channels": …}} if it asks for {@code info}. */
    CompletionStage<String> one(ApiRequest request) {
        Publication event = reader.event(request);
        Set<Attribute> wanted = wanted(event, Dialect.of(request));
        publish(event);
        return wanted.isEmpty()
                ? CompletableFuture.completedStage(Dialect.of(request).done())
                : report(event, wanted).thenApply(ChannelReports::listed);
    }

    /** Publishes several events and returns the answer: {@code {"batch": [attributes…]}} if one asks for {@code info}. */
    CompletionStage<String> batch(ApiRequest request) {
        List<Publication> events = reader.batch(request);
        List<Set<Attribute>> wanted =
                events.stream().map(event -> wanted(event, Dialect.of(request))).toList();
        events.forEach(this::publish);
        if (wanted.stream().allMatch(Set::isEmpty)) {
            return CompletableFuture.completedStage(Dialect.of(request).done());
        }
        CompletionStage<String> all = CompletableFuture.completedStage("");
        for (int i = 0; i < events.size(); i++) {
            all = all.thenCombine(
                    report(events.get(i), wanted.get(i)),
                    (before, report) -> before + (before.isEmpty() ? "" : ",") + flat(report));
        }
        return all.thenApply(list -> "{\"batch\":[" + list + "]}");
    }

    /** An event of a batch has one channel, which is not named again. */
    private static String flat(ObjectNode report) {
        return report.properties().stream()
                .map(channel -> channel.getValue().toString())
                .findFirst()
                .orElse("{}");
    }

    private void publish(Publication event) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "Channel: {} Event: {} (HTTP API)",
                    String.join(", ", names(event)),
                    Excerpt.of(event.event().eventName()));
        }
        event.broadcasts().forEach(publisher::accept);
    }

    private CompletionStage<ObjectNode> report(Publication event, Set<Attribute> wanted) {
        return reports.of(wanted.isEmpty() ? Set.of() : names(event), wanted);
    }

    private static Set<String> names(Publication event) {
        return event.channels().stream().map(Channel::name).collect(Collectors.toSet());
    }

    /** laravel-echo-server knows nothing of it. */
    private static Set<Attribute> wanted(Publication event, Dialect dialect) {
        boolean haveUsers = event.channels().stream().allMatch(PresenceChannel.class::isInstance);
        return dialect == Dialect.PUSHER ? Attribute.requested(event.info(), haveUsers) : Set.of();
    }
}
