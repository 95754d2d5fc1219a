package dev.echoserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.http.Document;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether browsers should be sent to this server: it hears what Laravel publishes, and is not about to stop. Any thread.
 *
 * <p>As JSON: {@code {"ready": boolean, "reasons": [string]}}, with the reasons why it is not.
 */
final class Readiness implements SourceListener {
    private volatile Optional<String> deaf;
    private volatile boolean isStopping;

    /** One of a server that is starting; whoever does not subscribe to Redis waits for nothing. */
    Readiness(boolean subscribesToRedis) {
        deaf = subscribesToRedis ? Optional.of("connecting") : Optional.empty();
    }

    @Override
    public void listening() {
        deaf = Optional.empty();
    }

    @Override
    public void lost(String reason) {
        deaf = Optional.of(reason);
    }

    /** From now on no browser should come. */
    void stopping() {
        isStopping = true;
    }

    /** Whether browsers should come. */
    boolean isReady() {
        return reasons().isEmpty();
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        deaf.ifPresent(reason -> reasons.add("not subscribed to Redis: " + reason));
        if (isStopping) {
            reasons.add("stopping");
        }
        return reasons;
    }

    /** What a load balancer gets. */
    Document document() {
        List<String> reasons = reasons();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("ready", reasons.isEmpty());
        ArrayNode list = json.putArray("reasons");
        reasons.forEach(list::add);
        HttpResponseStatus status = reasons.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return Document.json(status, json + "\n");
    }
}
