package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code databaseConfig.redis}, which laravel-echo-server hands to ioredis as it is. */
final class RedisSection {
    private static final int SENTINEL_PORT = 26_379;
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final Pattern ADDRESS = Pattern.compile("\\[?(.+?)]?:(\\d{1,5})");
    private static final String[] WAYS = {"sentinels", "path", "cluster"};
    private static final String[] OF_ONE_WAY = {
        "host", "port", "name", "role", "sentinelPassword", "sentinelTLS", "sentinelUsername"
    };
    private static final String[] RETRIES = {
        "autoResendUnfulfilledCommands", "autoResubscribe", "clusterRetryStrategy", "commandTimeout", "connectTimeout",
        "disconnectTimeout", "enableOfflineQueue", "enableReadyCheck", "lazyConnect", "maxLoadingRetryTime",
        "maxRetriesPerRequest", "offlineQueue", "reconnectOnError", "retryStrategy", "sentinelReconnectStrategy",
        "sentinelRetryStrategy", "slotsRefreshTimeout", "socketTimeout"
    };
    private static final String[] CLIENT_DETAILS = {
        "autoPipeliningIgnoredCommands",
        "dropBufferSupport",
        "enableAutoPipelining",
        "failoverDetector",
        "family",
        "keepAlive",
        "monitor",
        "noDelay",
        "preferredSlaves",
        "readOnly",
        "sentinelMaxConnections",
        "showFriendlyErrorStack",
        "stringNumbers",
        "updateSentinels"
    };

    private final Section section;
    private final Findings findings;
    private final Optional<RedisUrl> url;

    private RedisSection(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
        this.url = url();
    }

    static RedisConfig read(Section section, Findings findings) {
        return new RedisSection(section, findings).read();
    }

    private RedisConfig read() {
        RedisPlace place = place();
        RedisConfig config = new RedisConfig(
                place,
                login(),
                db(place),
                tls(place),
                natMap(),
                section.text("connectionName", RedisConfig.DEFAULT_NAME),
                section.text("keyPrefix", ""));
        ignoreWhatTheUrlSays();
        Stream.of(OF_ONE_WAY).forEach(section::has); // Known, though another way does without them.
        section.ignored("the server connects again for ever, whatever happens", RETRIES);
        section.ignored("it is a detail of another Redis client", CLIENT_DETAILS);
        section.close();
        return config;
    }

    /**
     * {@code url} wins over {@code host}, as in Laravel, but not in a file of laravel-echo-server, which does not know it;
     * {@code host} may be a URL too, as phpredis wants it for TLS.
     */
    private Optional<RedisUrl> url() {
        boolean isUnknown = section.isInOldFile("url") && section.text("host").isPresent();
        String key = section.text("url").isPresent() && !isUnknown ? "url" : "host";
        Optional<String> text = section.text(key).filter(value -> key.equals("url") || RedisUrl.isUrl(value));
        Optional<RedisUrl> read = text.flatMap(RedisUrl::parse);
        if (text.isPresent() && read.isEmpty()) {
            section.wrong(key, RedisUrl.SHAPE);
        }
        return read;
    }

    private void ignoreWhatTheUrlSays() {
        String reason = "\"url\" says it";
        if (section.isInOldFile("url") && section.text("host").isPresent()) {
            section.ignored("\"host\" is there, and laravel-echo-server knows no \"url\"", "url");
        } else if (section.text("url").isPresent() && url.isPresent()) {
            section.ignored(reason, "host", "port");
            url.filter(from -> from.login().password().isPresent())
                    .ifPresent(from -> section.ignored(reason, "username", "password"));
            url.flatMap(RedisUrl::db).ifPresent(number -> section.ignored(reason, "db"));
        }
    }

    private RedisPlace place() {
        List<String> given = Stream.of(WAYS).filter(this::isOn).toList();
        if (given.size() > 1) {
            findings.mistake(
                    section.pathOf(given.get(1)),
                    "contradicts \"" + given.get(0) + "\"",
                    "Remove one of the two: Redis is a socket file, or watched by Sentinels, or a Cluster");
        }
        return switch (given.isEmpty() ? "host" : given.get(0)) {
            case "path" -> new RedisPlace.SocketFile(path());
            case "sentinels" -> sentinels();
            case "cluster" -> new RedisPlace.Cluster(clusterNodes());
            default -> url.map(from -> from.place(port())).orElseGet(() -> new RedisPlace.Server(host()));
        };
    }

    private boolean isOn(String key) {
        JsonNode value = section.value(key);
        return Coercion.isTruthy(value) && Coercion.flag(value).orElse(true);
    }

    private HostPort host() {
        return new HostPort(section.text("host", THIS_MACHINE), port());
    }

    private int port() {
        return section.whole("port", RedisUrl.DEFAULT_PORT, 1, 65_535);
    }

    private String path() {
        String path = section.text("path", "");
        if (!path.startsWith("/")) {
            section.wrong("path", "the absolute path of a Unix socket, such as \"/run/redis/redis.sock\"");
        }
        return path;
    }

    private RedisPlace sentinels() {
        List<HostPort> at = section.isList("sentinels") ? nodes("sentinels", SENTINEL_PORT) : List.of();
        if (at.isEmpty()) {
            section.impossible("sentinels", shapeOfNodes(SENTINEL_PORT));
        }
        Optional<String> name = section.text("name");
        if (name.isEmpty()) {
            findings.problem(
                    section.pathOf("name"),
                    "is missing",
                    "Write what the Sentinels call the master: \"name\": \"mymaster\"");
        }
        if (section.text("role", "master").equals("slave")) {
            findings.notice(section.pathOf("role"), "has no effect: the server needs the master", "You can remove it");
        }
        return new RedisPlace.Sentinels(
                at,
                name.orElse(""),
                new RedisLogin(section.text("sentinelUsername"), section.text("sentinelPassword")),
                RedisTlsSection.read(section, "sentinelTLS", findings));
    }

    /** {@code true} means that host and port are those of a node, or of any node, as hosted Clusters have it. */
    private List<HostPort> clusterNodes() {
        JsonNode value = section.value("cluster");
        List<HostPort> nodes = value.isArray() ? nodes("cluster", RedisUrl.DEFAULT_PORT) : List.of();
        if (!nodes.isEmpty()) {
            return nodes;
        }
        if (value.isArray()) {
            section.wrong("cluster", shapeOfNodes(RedisUrl.DEFAULT_PORT));
        } else {
            section.flag("cluster", false);
        }
        return List.of(url.filter(from -> from.path().isEmpty())
                .map(from -> new HostPort(from.host(), from.port().orElseGet(this::port)))
                .orElseGet(this::host));
    }

    private List<HostPort> nodes(String key, int defaultPort) {
        List<HostPort> nodes = new ArrayList<>();
        for (Section each : section.sections(key)) {
            nodes.add(node(each, defaultPort));
        }
        return nodes;
    }

    private static String shapeOfNodes(int port) {
        return "[{\"host\": \"10.0.0.1\", \"port\": " + port + "}]";
    }

    private HostPort node(Section node, int defaultPort) {
        Optional<String> host = node.text("host");
        int port = node.whole("port", defaultPort, 1, 65_535);
        node.close();
        if (host.isEmpty()) {
            findings.mistake(node.pathOf("host"), "is missing", "Write the name or address of the server");
        }
        return new HostPort(host.orElse(THIS_MACHINE), port);
    }

    private RedisLogin login() {
        RedisLogin ofUrl = url.map(this::loginOf).orElse(RedisLogin.NONE);
        Optional<String> username = section.text("username");
        Optional<String> password = section.text("password");
        return ofUrl.password().isPresent() ? ofUrl : new RedisLogin(username, password);
    }

    /** As ioredis 4, which leaves the name in a URL out unless that says otherwise. */
    private RedisLogin loginOf(RedisUrl from) {
        RedisLogin login = from.login();
        boolean isLeftOut = login.username().isPresent()
                && section.isInOldFile("url")
                && !section.text("url", "").contains("allowUsernameInURI=true");
        if (isLeftOut) {
            findings.notice(
                    section.pathOf("url"),
                    "names a user, whom laravel-echo-server leaves out, and so does this server",
                    "Write ?allowUsernameInURI=true behind it if Redis knows that user");
        }
        return isLeftOut ? new RedisLogin(Optional.empty(), login.password()) : login;
    }

    private int db(RedisPlace place) {
        int written = section.whole("db", 0, 0, Integer.MAX_VALUE);
        int db = url.flatMap(RedisUrl::db).orElse(written);
        if (db != 0 && place instanceof RedisPlace.Cluster) {
            findings.problem(section.pathOf("db"), "is " + db, "Write 0: a Redis Cluster has no other database");
        }
        return db;
    }

    private Optional<RedisTlsConfig> tls(RedisPlace place) {
        Optional<RedisTlsConfig> tls = RedisTlsSection.read(section, "tls", findings)
                .or(() -> url.filter(RedisUrl::isTls).map(secure -> RedisTlsConfig.DEFAULT));
        boolean isOld = section.isInOldFile("enableTLSForSentinelMode");
        boolean isForSentinels = section.truth("enableTLSForSentinelMode", !isOld);
        if (place instanceof RedisPlace.Sentinels && tls.isPresent() && !isForSentinels && isOld) {
            findings.notice(
                    section.pathOf("tls"),
                    "does not count for a master that Sentinels name, as in laravel-echo-server",
                    "Write \"enableTLSForSentinelMode\": true if Redis speaks TLS, else remove it");
            return Optional.empty();
        }
        if (place instanceof RedisPlace.Sentinels && tls.isPresent() && !isForSentinels) {
            findings.problem(
                    section.pathOf("enableTLSForSentinelMode"),
                    "is false, but \"tls\" is there",
                    "Remove one of the two");
        }
        if (place instanceof RedisPlace.SocketFile && tls.isPresent()) {
            findings.problem(section.pathOf("tls"), "contradicts \"path\"", "Remove it: a socket file needs no TLS");
        }
        return tls;
    }

    /** <code>{"10.0.0.1:6379": {"host": "203.0.113.1", "port": 7000}}</code>. */
    private Map<HostPort, HostPort> natMap() {
        Map<HostPort, HostPort> map = new HashMap<>();
        Section inner = section.section("natMap");
        section.value("natMap").fieldNames().forEachRemaining(name -> {
            Matcher address = ADDRESS.matcher(name);
            if (address.matches()) {
                HostPort from = new HostPort(address.group(1), Integer.parseInt(address.group(2)));
                map.put(from, node(inner.section(name), RedisUrl.DEFAULT_PORT));
            } else {
                findings.mistake(inner.pathOf(name), "is no address", "Write it as \"10.0.0.1:6379\"");
            }
        });
        return map;
    }
}
