package dev.echoserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.ConfigInputs;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A configuration file in the making: the questions of {@code init} and their answers, as the tree that is written. */
final class ConfigDraft {
    private static final Pattern PORT =
            Pattern.compile("\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");
    private static final String CORS_HEADERS =
            "Origin, Content-Type, X-Auth-Token, X-Requested-With, Accept, Authorization, X-CSRF-TOKEN, X-Socket-Id";

    private final Shell shell;
    private final Questions questions;
    private final InitOptions given;
    private final LaravelProject laravel;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    ConfigDraft(Shell shell, InitOptions given, LaravelProject laravel) {
        this.shell = shell;
        this.questions = new Questions(shell, given.yes);
        this.given = given;
        this.laravel = laravel;
    }

    Questions questions() {
        return questions;
    }

    /** The questions of laravel-echo-server, in its order and without the file name, which it asks last. */
    void askAboutServer() {
        root.put("devMode", questions.confirm("Do you want to run this server in development mode?", given.dev));
        root.put("port", port("Which port would you like to serve from?", given.port, "6001"));
        root.put(
                "database",
                questions.choose(
                        "Which database would you like to use to store presence channel members?",
                        given.database,
                        List.of("redis", "sqlite")));
        root.put(
                "authHost",
                questions.text(
                        "Enter the host of your Laravel authentication server.",
                        given.authHost,
                        laravel.variable("APP_URL").orElse("http://localhost")));
        root.put("authEndpoint", "/broadcasting/auth");
        askAboutTls();
        askAboutClient();
        askAboutCors();
        root.putObject("subscribers").put("http", true).put("redis", true);
    }

    private void askAboutTls() {
        String protocol =
                questions.choose("Will you be serving on http or https?", given.protocol, List.of("http", "https"));
        root.put("protocol", protocol);
        if (protocol.equals("https")) {
            root.put("sslCertPath", questions.text("Enter the path to your SSL cert file.", given.sslCert, ""));
            root.put("sslKeyPath", questions.text("Enter the path to your SSL key file.", given.sslKey, ""));
        }
    }

    private void askAboutClient() {
        var clients = root.putArray("clients");
        if (questions.confirm("Do you want to generate a client ID/Key for HTTP API?", given.client)) {
            String appId = RandomHex.ofBytes(8);
            String key = RandomHex.ofBytes(16);
            clients.addObject().put("appId", appId).put("key", key);
            shell.say("appId: " + appId);
            shell.say("key: " + key);
        }
    }

    private void askAboutCors() {
        if (!questions.confirm("Do you want to setup cross domain access to the API?", given.cors)) {
            return;
        }
        root.putObject("apiOriginAllow")
                .put("allowCors", true)
                .put(
                        "allowOrigin",
                        questions.text(
                                "Specify the URI that may access the API:", given.corsOrigin, "http://localhost:80"))
                .put(
                        "allowMethods",
                        questions.text(
                                "Enter the HTTP methods that are allowed for CORS:", given.corsMethods, "GET, POST"))
                .put(
                        "allowHeaders",
                        questions.text(
                                "Enter the HTTP headers that are allowed for CORS:", given.corsHeaders, CORS_HEADERS));
    }

    /** Questions that laravel-echo-server does not ask; a wrong answer to one of them is why nothing arrives. */
    void askAboutRedis() {
        ObjectNode redis = root.putObject("databaseConfig").putObject("redis");
        redis.put(
                "host",
                questions.text(
                        "Host of the Redis that Laravel publishes to?",
                        given.redisHost,
                        laravel.variable("REDIS_HOST").orElse("127.0.0.1")));
        redis.put(
                "port",
                port(
                        "Port of Redis?",
                        given.redisPort,
                        laravel.variable("REDIS_PORT").orElse("6379")));
        laravel.variable("REDIS_USERNAME").ifPresent(name -> redis.put("username", name));
        String password = questions.secret(
                "Password of Redis?",
                given.redisPassword,
                laravel.variable("REDIS_PASSWORD").orElse(""));
        if (!password.isEmpty()) {
            redis.put("password", password);
        }
        laravel.variable("REDIS_DB").ifPresent(number -> redis.put("db", number));
        redis.put("keyPrefix", keyPrefix());
    }

    private String keyPrefix() {
        LaravelPrefix prefix = laravel.keyPrefix();
        if (given.keyPrefix.isEmpty()) {
            laravel.alternativePrefix()
                    .ifPresent(other -> shell.say("Laravel 12.1 and newer use \"" + other
                            + "\" as prefix, older ones \"" + prefix.text().orElse("")
                            + "\". config/database.php tells which."));
            if (prefix.text().isEmpty()) {
                shell.warn("Laravel's prefix is not known: " + prefix.source() + ". " + ConfigInputs.ASK_PHP);
            }
        }
        return questions.text(
                "What does Laravel put in front of its channels (REDIS_PREFIX)?",
                given.keyPrefix,
                prefix.text().orElse(ConfigInputs.AUTO));
    }

    private int port(String question, Optional<String> option, String proposal) {
        String cure = "Enter a number from 0 to 65535.";
        option.filter(port -> !PORT.matcher(port).matches()).ifPresent(port -> {
            throw new CommandFailure(CommandFailure.FAILED, "\"" + port + "\" is not a port. " + cure);
        });
        String usable = PORT.matcher(proposal).matches() ? proposal : "6379";
        return Integer.parseInt(option.orElseGet(() -> questions.matching(
                question, usable, answer -> PORT.matcher(answer).matches(), cure)));
    }

    /** Whether others should not read the file. */
    boolean holdsPassword() {
        return root.at("/databaseConfig/redis").has("password");
    }

    /** The file's content, indented with tabs like the files of laravel-echo-server. */
    String json() {
        DefaultIndenter tabs = new DefaultIndenter("\t", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(separators).withObjectIndenter(tabs).withArrayIndenter(tabs);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("root: cannot be written (expected: a tree of plain values)", e);
        }
    }
}
