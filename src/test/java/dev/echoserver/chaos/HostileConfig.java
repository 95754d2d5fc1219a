package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.Assignment;
import java.util.ArrayList;
import java.util.List;

/** Files that are nearly a configuration. */
final class HostileConfig {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ENV = """
            APP_NAME="My App"
            APP_URL=http://app.test
            REDIS_HOST=127.0.0.1
            REDIS_PASSWORD='a b#c'
            REDIS_PORT=6379
            REDIS_PREFIX="${APP_NAME}_database_"
            REDIS_URL=redis://user:secret@127.0.0.1:6379/1
            LARAVEL_ECHO_SERVER_AUTH_HOST=http://a.test,http://b.test
            LARAVEL_ECHO_SERVER_PORT=tcp://10.0.0.3:6001
            LARAVEL_ECHO_SERVER_DEBUG=true
            LARAVEL_ECHO_SERVER_PROTO=http
            ECHO_SERVER_LIMITS_EVENTS_PER_SECOND=5
            """;
    private static final List<String> TEXTS = List.of(
            "\"${\"",
            "\"${}\"",
            "\"${APP_NAME}${APP_NAME}\"",
            "\"$1\\\\0\"",
            "\"http://[bad\"",
            "\"http://\\u00ff:99999\"",
            "\"redis://\"",
            "\"redis://:@:/\"",
            "\"rediss://a:b@[::1]:6379/99999999999\"",
            "\"tcp://:\"",
            "\"99999999999999999999\"",
            "\"6001/\"",
            "\"/\"",
            "\"C:\\\\x\"",
            "\"a\\u0000b\"",
            "\".\"",
            "\"*\"",
            "\"((((a+)+)+)+)$\"",
            "1.5",
            "-1",
            "65536",
            "2147483648",
            "1e400",
            "\"Infinity\"",
            "\"true \"",
            "\"null\"",
            "[1,[2]]",
            "[\"http://a\",null]",
            "{\"host\":1}",
            "[{\"appId\":1,\"key\":null}]",
            "[{}]",
            "[[]]");
    private static final List<String> FLAGS = List.of(
            "port",
            "authHost",
            "databaseConfig.redis.host",
            "databaseConfig.redis.keyPrefix",
            "limits.authConcurrency",
            "clients",
            "apps",
            "socketio.transports",
            "headers",
            "nothing.at.all",
            "databaseConfig",
            "");

    private final Dice dice;
    private final List<JsonNode> seeds = new ArrayList<>();

    /** Made of {@code seeds}, sound files. */
    HostileConfig(Dice dice, List<String> seeds) throws JsonProcessingException {
        this.dice = dice;
        for (String seed : seeds) {
            this.seeds.add(MAPPER.readTree(seed));
        }
    }

    /** A file {@code echo-server.json}. */
    byte[] json() {
        ObjectNode tree = (ObjectNode) dice.one(seeds).deepCopy();
        for (int faults = 1 + dice.below(3); faults > 0; faults--) {
            breakOne(tree);
        }
        byte[] text = (dice.hits(5) ? "\ufeff" + tree.toPrettyString() : tree.toPrettyString()).getBytes(UTF_8);
        return dice.hits(30) ? new Damage(dice).of(text) : text;
    }

    /** Puts anything in the place of one value, however deep. */
    private void breakOne(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            object.set("port", value());
            return;
        }
        String name = dice.one(names);
        if (object.get(name) instanceof ObjectNode inner && dice.hits(80)) {
            breakOne(inner);
        } else if (object.get(name) instanceof ArrayNode list && dice.hits(50)) {
            list.add(value());
        } else if (dice.hits(10)) {
            object.remove(name);
        } else if (dice.hits(10)) {
            object.set(name + dice.one(List.of("x", "\u0000", " ", ".y", "[0]", "\u00e9")), value());
        } else {
            object.set(name, value());
        }
    }

    private JsonNode value() {
        String json = dice.hits(50) ? dice.one(TEXTS) : HostileJson.any(dice);
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException absurdNumber) {
            return MAPPER.getNodeFactory().textNode(json);
        }
    }

    /** A file {@code .env}. */
    byte[] env() {
        return new Damage(dice).of(ENV.replace("6379", dice.one(TEXTS)).getBytes(UTF_8));
    }

    /** A file {@code config/database.php}, {@code composer.lock} or alike. */
    byte[] php() {
        String text = "<?php 'prefix' => env('REDIS_PREFIX', Str::slug(env('APP_NAME', 'laravel')).'-database-'),\n"
                + "\"name\": \"laravel/framework\", \"version\": \"v"
                + dice.one(List.of("13.1", "9999999999.1", "x", "")) + "\"";
        return new Damage(dice).of(text.getBytes(UTF_8));
    }

    /** Options of the command line. */
    List<Assignment> flags() {
        return dice.hits(70)
                ? List.of()
                : List.of(new Assignment(dice.one(FLAGS), dice.one(TEXTS).replace("\"", ""), "--flag"));
    }
}
