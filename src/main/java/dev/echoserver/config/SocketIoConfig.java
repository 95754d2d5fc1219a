package dev.echoserver.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The transport: options of socket.io 2 and engine.io 3 that can be written in JSON.
 *
 * @param path where the server answers, without a slash at the end
 * @param serveClient whether {@code <path>/socket.io.js} is served
 * @param clientVersion which client that file is: 2 or 4
 * @param origins who may connect: {@code "*:*"} for everybody, or a list of {@code host:port} or URL patterns
 * @param pingInterval time between two pings
 * @param pingTimeout time after which a missing answer closes the connection
 * @param upgradeTimeout time for an upgrade to WebSocket, from probe to end
 * @param connectTimeout time from the handshake to the first namespace
 * @param maxHttpBufferBytes largest message a client may send
 * @param transports which ones are offered
 * @param allowUpgrades whether a polling client may go on over WebSocket
 * @param perMessageDeflate compression of WebSocket messages
 * @param httpCompression compression of polling responses
 * @param cookie set on the handshake response
 */
public record SocketIoConfig(
        String path,
        boolean serveClient,
        int clientVersion,
        List<String> origins,
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration connectTimeout,
        int maxHttpBufferBytes,
        Set<Transport> transports,
        boolean allowUpgrades,
        Compression perMessageDeflate,
        Compression httpCompression,
        Optional<Cookie> cookie) {

    /** Copies the collections. */
    public SocketIoConfig {
        origins = List.copyOf(origins);
        transports = Set.copyOf(transports);
    }

    /** A way to carry packets; the wire name is in lower case. */
    public enum Transport {
        /** HTTP long-polling. */
        POLLING,
        /** WebSocket. */
        WEBSOCKET
    }

    /**
     * Whether and from which size on messages are compressed.
     *
     * @param enabled off by default: it costs memory per connection
     * @param thresholdBytes smaller messages are sent as they are
     */
    public record Compression(boolean enabled, int thresholdBytes) {}

    /**
     * The cookie that carries the session id to balancers.
     *
     * @param name of the cookie
     * @param attributes what stands behind it, such as {@code Path=/} and {@code HttpOnly}
     */
    public record Cookie(String name, List<String> attributes) {
        /** Copies the list. */
        public Cookie {
            attributes = List.copyOf(attributes);
        }
    }
}
