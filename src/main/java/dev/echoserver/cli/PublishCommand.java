package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes one event through Redis as Laravel does, so that the way to the browser can be tried out. */
@Command(
        name = "publish",
        description = "Publish one event through Redis, as Laravel does, to try things out.",
        footer = {
            "",
            "Examples:",
            "  echo-server publish orders OrderShipped '{\"id\": 7}'",
            "  echo-server publish chat 'App\\Events\\MessageSent' '{\"text\": \"hello\"}'",
            "",
            "Laravel Echo hears the first with .listen('.OrderShipped', …)",
            "and the second with .listen('MessageSent', …)."
        })
final class PublishCommand implements Runnable {
    private final Shell shell;
    private final Backend backend;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private RedisOptions redisOptions = new RedisOptions();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel, without the Redis key prefix.")
    private String channel = "";

    @Parameters(index = "1", paramLabel = "EVENT", description = "The name of the event.")
    private String event = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The data of the event, as JSON. Default: {}")
    private String data = "{}";

    PublishCommand(Shell shell, Backend backend) {
        this.shell = shell;
        this.backend = backend;
    }

    @Override
    public void run() {
        check();
        Configuration configuration = options.configuration(shell, redisOptions.assignments());
        RedisConfig redis = ConfigOptions.read(configuration, shell).redis();
        String fullName = redis.keyPrefix() + channel;
        String envelope = "{\"event\":" + Json.string(event) + ",\"data\":" + data + ",\"socket\":null}";
        long subscribers = backend.publish(redis, channel, envelope.getBytes(UTF_8));
        if (subscribers == 0) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "Published to \"" + fullName + "\" on Redis at " + redis.address() + ", but nobody listens there.\n"
                            + "Is a server running? Does it use the same Redis and the same keyPrefix (\""
                            + redis.keyPrefix() + "\")?");
        }
        shell.say("Published to \"" + fullName + "\" on Redis at " + redis.address() + "; subscribers that got it: "
                + subscribers + ".");
    }

    private void check() {
        if (channel.isBlank() || event.isBlank()) {
            throw new CommandFailure(CommandFailure.FAILED, "Channel and event must not be empty.");
        }
        try {
            boolean isEmpty = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(data)
                    .isMissingNode();
            if (isEmpty) {
                throw new CommandFailure(
                        CommandFailure.FAILED, "The data is empty. For an event without data write: {}");
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    "The data is not JSON: " + e.getOriginalMessage() + ".\nIt was: " + data
                            + "\nPut it into single quotes, as in: '{\"id\": 7}'. A text is '\"hello\"'.",
                    e);
        }
    }
}
