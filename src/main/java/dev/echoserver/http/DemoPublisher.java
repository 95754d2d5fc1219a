package dev.echoserver.http;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import java.util.concurrent.CompletionStage;

/** Where the demo page's events go in: the place that Laravel has in front of a real server. */
@FunctionalInterface
public interface DemoPublisher {

    /**
     * Publishes one event to everybody on {@code channel}. Any thread; does not block.
     *
     * @param event the event's name, a JSON string
     * @param data any JSON value
     * @return completes when it is handed over, exceptionally if it could not be, on a thread of the publisher
     */
    CompletionStage<Void> publish(Channel channel, Json event, Json data);
}
