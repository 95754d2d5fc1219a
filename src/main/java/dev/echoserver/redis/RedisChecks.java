package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.ServerConfig.Database;
import dev.echoserver.doctor.Check;
import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Section;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What must be right about Redis. Connects when the first check is run; each one blocks. One thread. */
public final class RedisChecks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CONNECT = "redis.connect";
    private static final String LISTEN = "redis.pubsub";
    private static final String ALL = "*";

    private final RedisConfig settings;
    private final boolean keepsPresence;
    private final boolean membersAreRead;
    private final Duration listening;
    private final RedisConnector connector;
    private final byte[] probe;
    private final Overhearing overhearing;
    private Optional<CommandConnection> connection = Optional.empty();
    private RedisFacts facts = RedisFacts.of("");

    /**
     * Connects nothing yet.
     *
     * @param listening for how long to listen to Laravel's events
     * @param random makes a name that no other one uses at the same time
     */
    public RedisChecks(ServerConfig config, Duration listening, long random) {
        this.settings = config.redis();
        this.keepsPresence = config.database() == Database.REDIS;
        this.membersAreRead = config.membersKey() && keepsPresence;
        this.listening = listening;
        this.connector = new RedisConnector(settings, PATIENCE);
        String name = settings.keyPrefix() + PermissionTrials.nameFor(random);
        this.probe = name.getBytes(UTF_8);
        this.overhearing = new Overhearing(settings.keyPrefix(), name);
    }

    /** All of them. */
    public Section section() {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(CONNECT, "the connection", this::connect));
        checks.add(
                Check.of(PermissionTrials.ID, "permissions", this::permissions).after(CONNECT));
        checks.add(Check.of(LISTEN, "whether what is published arrives", this::listen)
                .after(PermissionTrials.ID));
        if (keepsPresence) {
            checks.add(Check.of("redis.db", "the database", this::database).after(CONNECT));
        }
        if (!listening.isZero()) {
            checks.add(Check.of(PrefixFinding.ID, "the prefix of Laravel's channels", this::compare)
                    .after(LISTEN)
                    .announcing(
                            "Listening for " + listening.toSeconds() + " s. Cause an event in your application now …"));
        }
        return new Section("Redis at " + settings.address(), checks);
    }

    private List<Finding> connect() {
        try {
            CommandConnection made = Answers.of(connector.connectAsync());
            connection = Optional.of(made);
            facts = RedisFacts.of(allowed(made.commands().info()));
            List<Finding> findings = facts.otherKind(settings)
                    .<List<Finding>>map(other -> new ArrayList<>(List.of(other)))
                    .orElseGet(this::connected);
            cluster().ifPresent(findings::add);
            return findings;
        } catch (RedisException | TlsException e) {
            return List.of(RedisTrouble.of(e, settings));
        }
    }

    /** What is wrong with the Cluster as a whole. */
    private Optional<Finding> cluster() {
        return facts.isCluster() || settings.place() instanceof RedisPlace.Cluster
                ? RedisFacts.of(allowed(connection.orElseThrow().commands().clusterInfo()))
                        .clusterTrouble()
                : Optional.empty();
    }

    /** Empty without the permission, which the server does not need. */
    private static String allowed(CompletionStage<String> answer) {
        try {
            return Answers.of(answer);
        } catch (RedisException e) {
            if (RedisFailure.of(e).kind() == RedisFailure.Kind.PERMISSION) {
                return "";
            }
            throw e;
        }
    }

    private List<Finding> connected() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(CONNECT, facts.version() + " answers"));
        if (connector.isWithoutPassword()) {
            findings.add(RedisTrouble.unaskedPassword());
        }
        if (keepsPresence) {
            facts.eviction().ifPresent(findings::add);
        }
        buffer().ifPresent(findings::add);
        return findings;
    }

    /** Empty without the permission, which the server does not need; providers often give it to nobody. */
    private Optional<Finding> buffer() {
        try {
            return Answers.of(connection.orElseThrow().commands().configGet(PubSubBuffer.SETTING)).values().stream()
                    .findFirst()
                    .flatMap(PubSubBuffer::judge);
        } catch (RedisException e) {
            if (RedisFailure.isAnswer(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<Finding> permissions() {
        PermissionTrials trials =
                new PermissionTrials(settings, connection.orElseThrow().commands(), probe);
        return List.of(trials.look(() -> subscribe(ownPattern())));
    }

    private String ownPattern() {
        return GlobPattern.startingWith(settings.keyPrefix());
    }

    private CompletionStage<Void> subscribe(String pattern) {
        return connector
                .listening(pattern, overhearing)
                .get()
                .thenCompose(listener -> listener.async().psubscribe(pattern.getBytes(UTF_8)));
    }

    private List<Finding> listen() {
        try {
            Answers.of(connection.orElseThrow().commands().publish(probe, probe));
        } catch (RedisException e) {
            return List.of(RedisTrouble.of(e, settings));
        }
        return List.of(
                overhearing.isProbedWithin(PATIENCE)
                        ? Finding.ok(LISTEN, "What is published arrives (PSUBSCRIBE " + ownPattern() + ")")
                        : unheard());
    }

    private static Finding unheard() {
        return Finding.fault(
                LISTEN,
                "What is published on Redis does not come back",
                "No event reaches a browser. A proxy before Redis may not know PSUBSCRIBE.",
                "connect to Redis itself, with the host and port that Laravel uses:",
                RedisTrouble.redis("\"host\": \"127.0.0.1\", \"port\": 6379"));
    }

    private List<Finding> database() {
        return new DatabaseSearch(settings, facts, membersAreRead, PATIENCE).look();
    }

    private List<Finding> compare() {
        if (!settings.keyPrefix().isEmpty()) {
            listenToAll();
        }
        overhearing.isOwnWithin(listening);
        List<String> own = overhearing.own();
        List<Finding> findings = new ArrayList<>();
        findings.add(PrefixFinding.of(settings.keyPrefix(), own, overhearing.foreign(), listening));
        findings.addAll(EventFindings.of(settings.keyPrefix(), own, overhearing.empty()));
        return findings;
    }

    /** Without the permission only the own prefix can be heard. */
    private void listenToAll() {
        try {
            Answers.of(subscribe(ALL));
        } catch (RedisException e) {
            if (RedisFailure.of(e).kind() != RedisFailure.Kind.PERMISSION) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        connector.close();
    }
}
