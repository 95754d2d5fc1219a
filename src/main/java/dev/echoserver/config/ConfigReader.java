package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.echoserver.config.ServerConfig.ApiOriginAllow;
import dev.echoserver.config.ServerConfig.Database;
import dev.echoserver.config.ServerConfig.Protocol;
import dev.echoserver.config.ServerConfig.Subscribers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a configuration file of this server or of laravel-echo-server 1.x.
 *
 * <p>As in laravel-echo-server, what is missing has its default, one level deep: {@code "subscribers": {"redis": true}}
 * switches HTTP off. Unlike laravel-echo-server, {@code databaseConfig} without {@code redis} works.
 *
 * <p>The file becomes a tree first. Whatever overrules it (a variable, a flag) is laid over that tree by {@link Layers},
 * and then checked in the same way.
 */
public final class ConfigReader {
    private static final Pattern PORT = Pattern.compile("(?:.*:)?(\\d{1,5})/?");

    private ConfigReader() {}

    /**
     * Reads the file and lays over it what is stronger.
     *
     * @throws IOException if the file cannot be read; what is wrong inside it never throws
     */
    public static ConfigReading read(ConfigInputs inputs) throws IOException {
        Origins origins = new Origins(inputs.file().map(ConfigReader::nameOf).orElse(""));
        Findings findings = new Findings(origins);
        Optional<ObjectNode> tree = inputs.file().isPresent()
                ? JsonText.parse(Files.readAllBytes(inputs.file().get()), findings)
                : Optional.of(JsonText.emptyObject());
        if (tree.isEmpty()) {
            return new ConfigReading(findings.rejected(), List.of());
        }
        new Layers(inputs, tree.get(), origins, findings).lay(ConfigReader::catalogue);
        AskedKeys asked = new AskedKeys();
        ServerConfig config = server(new Section(tree.get(), "$", findings, asked), findings);
        findings.explainUnknown(ConfigReader::catalogue);
        return new ConfigReading(findings.resultOf(config), asked.settings());
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** All known keys. */
    static AskedKeys catalogue() {
        return Catalogue.of(root -> server(root, new Findings()));
    }

    /** Reads the text of a file. */
    public static ConfigResult parse(String json) {
        Findings findings = new Findings();
        Optional<ServerConfig> config = JsonText.parse(json.getBytes(StandardCharsets.UTF_8), findings)
                .map(RedisText::unfold)
                .map(root -> server(new Section(root, "$", findings, new AskedKeys()), findings));
        findings.explainUnknown(ConfigReader::catalogue);
        return config.map(findings::resultOf).orElseGet(findings::rejected);
    }

    private static ServerConfig server(Section root, Findings findings) {
        Section databases = root.section("databaseConfig");
        List<ApiClient> clients = ApiSection.clients(root, findings);
        Protocol protocol = root.choice("protocol", Protocol.HTTP);
        boolean isStrict = root.flag("strictCompatibility", findings.isOfOldServer());
        ServerConfig config = new ServerConfig(
                root.text("host"),
                port(root),
                root.flag("devMode", false),
                LogConfig.read(root.section("log")),
                protocol,
                authHosts(root),
                root.text("authEndpoint", root.isEmptyText("authEndpoint") ? "" : "/broadcasting/auth"),
                AuthSection.tls(root.section("authTls"), findings),
                AuthSection.allowedOrigins(root, findings),
                ProxySection.read(root),
                clients,
                ApiSection.apps(root, clients, findings),
                database(root, findings),
                RedisSection.read(databases.section("redis"), findings),
                databases.flag("publishPresence", false),
                databases.flag("membersKey", false),
                SocketIoSection.read(root.section("socketio"), findings),
                subscribers(root, findings),
                apiOriginAllow(root.section("apiOriginAllow"), findings),
                HeaderText.map(root, findings),
                LimitsSection.read(root.section("limits")),
                root.flag("channelEvents", false),
                isStrict,
                AuthSection.answers(root, isStrict),
                TlsSection.read(root, protocol, findings),
                ManagementSection.read(root),
                Duration.ofSeconds(root.whole("drainSeconds", 10, 0, 600)));
        databases.accepted("sqlite"); // Every file written by laravel-echo-server has it.
        databases.close();
        root.ignored("laravel-echo-server stopped using it in 1.2", "referrers");
        root.close();
        return config;
    }

    /** A number, {@code "6001"}, or the {@code "tcp://10.0.0.3:6001"} that container links put into variables. */
    private static int port(Section root) {
        JsonNode given = Coercion.scalar(root.value("port"), root.isInOldFile("port"));
        if (given.isBoolean() || given.isContainerNode()) {
            root.impossible("port", "a port number such as 6001");
            return 6001;
        }
        Matcher port = PORT.matcher(root.text("port", "6001").strip());
        if (port.matches() && Integer.parseInt(port.group(1)) <= 65_535) {
            return Integer.parseInt(port.group(1));
        }
        root.impossible("port", "a port number such as 6001");
        return 6001;
    }

    /** As in laravel-echo-server, an empty text stands for {@code host}. */
    private static List<String> authHosts(Section root) {
        String fallback = "http://localhost";
        return root.texts("authHost", root.isEmptyText("authHost") ? root.text("host", fallback) : fallback);
    }

    private static Database database(Section root, Findings findings) {
        String name = root.text("database", "redis");
        boolean isInMemory = root.isInOldFile("database") && !name.equals("redis");
        Database database = isInMemory ? Database.SQLITE : root.choice("database", Database.REDIS);
        if (database == Database.SQLITE) {
            findings.notice(
                    root.pathOf("database"),
                    "is " + Secrets.shown(root.pathOf("database"), TextNode.valueOf(name))
                            + ", which this server does not use",
                    "Nothing has to be done: members of presence channels are kept in memory. Write \"redis\" to keep"
                            + " them in Redis, which several servers can share");
        }
        return database;
    }

    private static Subscribers subscribers(Section root, Findings findings) {
        boolean isDefault = !root.has("subscribers");
        Section section = root.section("subscribers");
        Subscribers subscribers = new Subscribers(section.truth("http", isDefault), section.truth("redis", isDefault));
        if (!subscribers.redis()) {
            findings.notice(
                    section.pathOf("redis"),
                    "is not true, so nothing that Laravel publishes to Redis will arrive",
                    "Write \"redis\": true");
        }
        section.close();
        return subscribers;
    }

    private static ApiOriginAllow apiOriginAllow(Section section, Findings findings) {
        ApiOriginAllow allow = new ApiOriginAllow(
                section.truth("allowCors", false),
                HeaderText.joined(section, "allowOrigin", findings),
                HeaderText.joined(section, "allowMethods", findings),
                HeaderText.joined(section, "allowHeaders", findings));
        section.close();
        return allow;
    }
}
