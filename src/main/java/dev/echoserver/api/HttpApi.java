package dev.echoserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.census.Census;
import dev.echoserver.census.CensusException;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import dev.echoserver.presence.PresenceException;
import dev.echoserver.presence.PresenceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API: publishes events and answers questions, for those who may. Any thread; never blocks.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code http-api.ts}, {@code http-subscriber.ts}; for signed requests pusher.com,
 * Channels HTTP API. Unlike laravel-echo-server, all numbers are those of all nodes together.
 */
public final class HttpApi {
    private static final Logger log = LoggerFactory.getLogger(HttpApi.class);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Supplier<ApiCredentials> credentials;
    private final Ports ports;
    private final Rules rules;
    private final Publishing publishing;
    private final ChannelReports reports;
    private final Clock clock;
    private final Instant start;
    private final Map<Integer, Folding> lines = new ConcurrentHashMap<>();

    /**
     * Who does what is asked for.
     *
     * @param publisher takes events to all nodes
     * @param drops counts what is no event
     */
    public record Ports(BroadcastSink publisher, Census census, PresenceStore presence, Drops drops) {}

    /**
     * What may be asked.
     *
     * @param publishes whether events may be published
     * @param limits how often
     */
    public record Rules(boolean publishes, ApiLimits limits) {}

    /** An API for those whom {@code credentials} names at the time of a request. It is up since now. */
    public HttpApi(Supplier<ApiCredentials> credentials, Ports ports, Rules rules, Clock clock) {
        this.credentials = credentials;
        this.ports = ports;
        this.rules = rules;
        this.reports = new ChannelReports(ports.census(), ports.presence());
        this.publishing = new Publishing(new EventReader(ports.drops()), ports.publisher(), reports);
        this.clock = clock;
        this.start = clock.instant();
    }

    /**
     * Whether {@code head}, a request without its body, comes with a known key and may have a large body. That tells
     * whether the key is right, so it counts as a guess.
     */
    public boolean mayPublish(ApiRequest head) {
        try {
            return Target.of(head.path())
                    .filter(target -> isThere(target, head))
                    .filter(target -> isKnown(target.appId(), head))
                    .isPresent();
        } catch (ApiRefusal refusal) {
            return false;
        }
    }

    private boolean isKnown(String appId, ApiRequest head) {
        rules.limits().checkGuesses(appId, head);
        boolean isKnown = credentials.get().mayKnow(appId, head);
        if (!isKnown) {
            rules.limits().addGuess(appId, head);
        }
        return isKnown;
    }

    /** Does what {@code request} asks for. Completes on any thread, exceptionally only for a bug. */
    public CompletionStage<ApiAnswer> answer(ApiRequest request) {
        try {
            return Target.of(request.path())
                    .filter(target -> isThere(target, request))
                    .map(target -> answer(target, request))
                    .orElseGet(() -> CompletableFuture.completedStage(new ApiAnswer.NotFound()));
        } catch (ApiRefusal refusal) {
            return CompletableFuture.completedStage(refused(request, refusal));
        }
    }

    private boolean isThere(Target target, ApiRequest request) {
        Operation operation = target.operation();
        return (rules.publishes() || !operation.publishes())
                && (request.method().equals("OPTIONS") || operation.isDoneBy(request.method()));
    }

    private CompletionStage<ApiAnswer> answer(Target target, ApiRequest request) {
        if (request.method().equals("OPTIONS")) {
            return CompletableFuture.completedStage(
                    new ApiAnswer.Methods(target.operation().methods()));
        }
        authenticate(target.appId(), request);
        rules.limits().admit(target.appId(), target.operation());
        return perform(target, request)
                .<ApiAnswer>thenApply(json -> new ApiAnswer.Result(OK, json))
                .exceptionally(failure -> failed(request, failure));
    }

    private void authenticate(String appId, ApiRequest request) {
        rules.limits().checkGuesses(appId, request);
        try {
            credentials.get().check(appId, request, clock.instant());
        } catch (ApiRefusal wrong) {
            rules.limits().addGuess(appId, request);
            throw wrong;
        }
    }

    private CompletionStage<String> perform(Target target, ApiRequest request) {
        return switch (target.operation()) {
            case EVENTS -> publishing.one(request);
            case BATCH_EVENTS -> publishing.batch(request);
            case STATUS -> status();
            case CHANNELS -> channels(request);
            case CHANNEL -> channel(target.channel(), request);
            case USERS -> users(target.channel(), request);
        };
    }

    private CompletionStage<String> status() {
        CompletionStage<ObjectNode> memory = CompletableFuture.supplyAsync(MemoryUsage::now); // It reads a file.
        return ports.census().count(Selection.NONE).thenCombine(memory, this::status);
    }

    private String status(Count count, ObjectNode memory) {
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("subscription_count", count.sockets())
                .put("uptime", Duration.between(start, clock.instant()).toMillis() / 1000.0);
        return status.set("memory_usage", memory).toString();
    }

    private CompletionStage<String> channels(ApiRequest request) {
        String prefix = request.query().value("filter_by_prefix").orElse("");
        Set<Attribute> wanted = request.isSigned()
                ? Attribute.requested(request.query().value("info"), prefix.startsWith(PresenceChannel.PREFIX))
                : ChannelReports.usual();
        return reports.list(prefix, wanted);
    }

    private CompletionStage<String> channel(String name, ApiRequest request) {
        boolean hasUsers = name.startsWith(PresenceChannel.PREFIX);
        Set<Attribute> wanted = EnumSet.of(Attribute.OCCUPIED);
        if (request.isSigned()) {
            wanted.addAll(Attribute.requested(request.query().value("info"), hasUsers));
        } else {
            wanted.addAll(ChannelReports.usual());
            wanted.addAll(hasUsers ? Set.of(Attribute.USER_COUNT) : Set.of());
        }
        return reports.one(name, wanted);
    }

    private CompletionStage<String> users(String name, ApiRequest request) {
        if (!Channel.isName(name) || !(Channel.of(name) instanceof PresenceChannel channel)) {
            throw ApiRefusal.badRequest("User list is only possible for Presence Channels");
        }
        boolean withInfo = request.query().value("with_user_info").isPresent();
        return reports.users(channel, Dialect.of(request), withInfo);
    }

    private ApiAnswer failed(ApiRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
        if (cause instanceof CensusException || cause instanceof PresenceException) {
            return refused(request, new ApiRefusal(UNAVAILABLE, String.valueOf(cause.getMessage())));
        }
        throw new CompletionException(cause);
    }

    private ApiAnswer refused(ApiRequest request, ApiRefusal refusal) {
        lines.computeIfAbsent(refusal.status(), first -> new Folding())
                .next(TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .ifPresent(folded -> log.warn(
                        "API request refused: status={} path={} folded={} reason={}",
                        refusal.status(),
                        Excerpt.of(request.path()),
                        folded,
                        Excerpt.of(refusal.text())));
        return Dialect.of(request).refusal(refusal);
    }
}
