package dev.echoserver.engineio;

import dev.echoserver.engineio.EngineIoSettings.Outbound;
import dev.echoserver.engineio.EngineIoSettings.Pings;
import dev.echoserver.engineio.EngineIoSettings.SessionCookie;
import dev.echoserver.http.HttpPipeline.Compression;
import dev.echoserver.http.SlowRequests.Times;
import dev.echoserver.testing.SocketServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The usual settings, of which a test changes what it is about. */
final class TestSettings {
    private static final EngineIoSettings USUAL = EngineIoSettings.defaults();

    Pings pings = USUAL.pings();
    int maxPayloadBytes = USUAL.maxPayloadBytes();
    long maxInboundBytes = USUAL.maxInboundBytes();
    Set<TransportName> transports = USUAL.transports();
    boolean upgrades = USUAL.upgrades();
    Duration upgradeTimeout = USUAL.upgradeTimeout();
    Outbound outbound = USUAL.outbound();
    Origins origins = USUAL.origins();
    Optional<SessionCookie> cookie = USUAL.cookie();
    int loops = 2;
    Times times = Times.usual(Duration.ofSeconds(60));
    Places places = SocketServer.unlimited();
    Compression compression = Compression.OFF;

    void pings(int intervalMillis, int timeoutMillis) {
        pings = new Pings(Duration.ofMillis(intervalMillis), Duration.ofMillis(timeoutMillis));
    }

    /** Everything within so many milliseconds. */
    static Times times(int millis) {
        Duration each = Duration.ofMillis(millis);
        return new Times(each, each, each);
    }

    EngineIoSettings engine() {
        return new EngineIoSettings(
                pings,
                maxPayloadBytes,
                maxInboundBytes,
                transports,
                upgrades,
                upgradeTimeout,
                outbound,
                origins,
                cookie);
    }
}
