package dev.echoserver;

import dev.echoserver.config.ManagementConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.Endpoint;
import dev.echoserver.http.EndpointIndex;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.Port;
import dev.echoserver.http.PortException;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import dev.echoserver.http.SlowRequests;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for those who run the server. It has an event loop of its own, so that nothing done there delays a broadcast,
 * and few connections, so that it answers when browsers have taken all that are for them.
 */
final class Management implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Management.class);
    private static final int CONNECTIONS = 32;
    private static final int BODY_BYTES = 16 << 10;
    private static final int QUEUE_BYTES = 1 << 20;
    private static final Duration IDLE = Duration.ofMinutes(5); // Longer than any pause between two scrapes.

    private final Loops loops;
    private final Port port;

    private Management(Loops loops, Port port) {
        this.loops = loops;
        this.port = port;
    }

    /**
     * Opens the port if {@code config} wants one. If it cannot be had and nobody has asked for it, warns instead.
     *
     * @throws PortException if it was asked for and cannot be listened on
     */
    static Optional<Management> open(ServerConfig config, List<Endpoint> endpoints) {
        return config.management().flatMap(wanted -> open(wanted, endpoints));
    }

    private static Optional<Management> open(ManagementConfig config, List<Endpoint> endpoints) {
        Loops loops = new Loops("management", 1);
        try {
            Port port = Port.open(place(config), loops.group(), loops.serverChannel(), handlers(endpoints));
            log.info("Management port: http://{}:{}", config.host(), port.number());
            return Optional.of(new Management(loops, port));
        } catch (PortException e) {
            loops.close();
            if (config.isAskedFor()) {
                throw e;
            }
            log.warn(
                    "There is no management port, so no health checks and no metrics. {} Or write \"management\": false.",
                    String.valueOf(e.getMessage()).replace('\n', ' '));
            return Optional.empty();
        }
    }

    private static Port.Place place(ManagementConfig config) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        return new Port.Place(address, "management.host", "management.port", "\"0.0.0.0\"");
    }

    private static Port.Handlers handlers(List<Endpoint> endpoints) {
        List<Route> routes = new ArrayList<>(endpoints);
        routes.add(new EndpointIndex(endpoints));
        SlowRequests slow = new SlowRequests(SlowRequests.Times.usual(IDLE), TrustedProxies.NONE, System::nanoTime);
        Inbound inbound = new Inbound(new Inbound.Bounds(BODY_BYTES, QUEUE_BYTES, IDLE), System::nanoTime);
        HttpPipeline pipeline =
                new HttpPipeline(new Router(routes, Map.of()), inbound, slow, HttpPipeline.Compression.OFF);
        DescriptorGuard guard =
                new DescriptorGuard(CONNECTIONS, "the management port takes no more at once", System::nanoTime);
        return new Port.Handlers(guard, pipeline, QUEUE_BYTES);
    }

    /** The number of the port. */
    int number() {
        return port.number();
    }

    /** Closes the port and its connections. Idempotent; blocks for seconds at most. */
    @Override
    public void close() {
        port.close();
        loops.close();
    }
}
