package dev.echoserver;

import dev.echoserver.api.ApiLimits;
import dev.echoserver.api.HttpApi;
import dev.echoserver.auth.AllowedOrigins;
import dev.echoserver.config.LimitsConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.SocketIoConfig;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.EngineIoSettings.Outbound;
import dev.echoserver.engineio.EngineIoSettings.Pings;
import dev.echoserver.engineio.EngineIoSettings.SessionCookie;
import dev.echoserver.engineio.Origins;
import dev.echoserver.engineio.Places;
import dev.echoserver.engineio.TransportName;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.http.BodyLimit;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.SlowRequests;
import dev.echoserver.socketio.ChannelEvents;
import dev.echoserver.socketio.SocketIoServer;
import dev.echoserver.subscription.SubscriptionLimits;
import dev.echoserver.subscription.WhisperBudget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration in the terms of the layers that it configures. */
record Settings(ServerConfig config) {
    private static final Duration IDLE_MARGIN = Duration.ofSeconds(15);

    private SocketIoConfig socketio() {
        return config.socketio();
    }

    private LimitsConfig limits() {
        return config.limits();
    }

    EngineIoSettings engineIo() {
        return new EngineIoSettings(
                new Pings(socketio().pingInterval(), socketio().pingTimeout()),
                socketio().maxHttpBufferBytes(),
                total(limits().maxInboundBytes()),
                transports(),
                socketio().allowUpgrades(),
                socketio().upgradeTimeout(),
                outbound(),
                new Origins(Set.copyOf(socketio().origins())),
                socketio().cookie().map(c -> new SessionCookie(c.name(), c.attributes())));
    }

    /** The places for browsers: as many as are set, but no more than there are descriptors for. */
    Places places(Descriptors descriptors) {
        int possible = descriptors.sessions();
        int wanted = limits().maxConnections().orElse(possible);
        String setting = wanted <= possible && limits().maxConnections().isPresent()
                ? "limits.maxConnections"
                : "open files: LimitNOFILE in systemd, ulimit -n in a shell";
        int perAddress = limits().maxConnectionsPerAddress().orElse(Integer.MAX_VALUE);
        return new Places(
                new Places.Capacity(Math.min(wanted, possible), setting, perAddress), proxies(), System::nanoTime);
    }

    TrustedProxies proxies() {
        return new TrustedProxies(
                address -> config.trustedProxies().stream().anyMatch(range -> range.contains(address)));
    }

    /** Whose cookies Laravel may be shown. */
    AllowedOrigins cookies() {
        return new AllowedOrigins(config.allowedOrigins(), config.authHosts());
    }

    private Outbound outbound() {
        return new Outbound(
                limits().maxOutboundQueueBytes(), limits().outboundStall(), total(limits().maxOutboundBytes()));
    }

    private static long total(Optional<Integer> bytes) {
        return bytes.map(Integer::longValue).orElseGet(EngineIoSettings::usualTotalBytes);
    }

    private Set<TransportName> transports() {
        return socketio().transports().stream()
                .map(transport -> switch (transport) {
                    case POLLING -> TransportName.POLLING;
                    case WEBSOCKET -> TransportName.WEBSOCKET;
                })
                .collect(Collectors.toSet());
    }

    SocketIoServer.Limits socketIo() {
        return new SocketIoServer.Limits(socketio().connectTimeout(), limits().maxJsonDepth());
    }

    SubscriptionLimits subscription() {
        return new SubscriptionLimits(
                limits().channelsPerSocket(), limits().channelNameBytes(), !config.strictCompatibility());
    }

    ChannelEvents.Options clients() {
        WhisperBudget.Limits whispers = new WhisperBudget.Limits(
                limits().eventsPerSecond(), limits().eventsBurst(), limits().eventBytesPerSecond());
        return new ChannelEvents.Options(whispers, !config.strictCompatibility());
    }

    /** A connection may be silent for as long as a poll can be parked, and a little longer. */
    SlowRequests slowRequests() {
        Duration poll = socketio().pingInterval().plus(socketio().pingTimeout());
        return new SlowRequests(SlowRequests.Times.usual(poll.plus(IDLE_MARGIN)), proxies(), System::nanoTime);
    }

    HttpApi.Rules apiRules() {
        ApiLimits.Rates rates = new ApiLimits.Rates(
                limits().apiRequestsPerSecond(), limits().apiReadsPerSecond(), limits().apiWrongKeysPerSecond());
        return new HttpApi.Rules(config.subscribers().http(), new ApiLimits(rates, System::nanoTime));
    }

    /** What those may send to the API whose key is known. */
    BodyLimit publishers() {
        return new BodyLimit(limits().maxBroadcastBytes(), "The setting is limits.maxBroadcastBytes.");
    }

    HttpPipeline.Compression compression() {
        SocketIoConfig.Compression responses = socketio().httpCompression();
        return new HttpPipeline.Compression(
                responses.enabled() ? OptionalInt.of(responses.thresholdBytes()) : OptionalInt.empty(),
                socketio().perMessageDeflate().enabled());
    }

    /** What every answer carries that is not one of Engine.IO. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(config.headers());
        ServerConfig.ApiOriginAllow cors = config.apiOriginAllow();
        if (cors.allowCors()) {
            headers.put("Access-Control-Allow-Origin", cors.allowOrigin());
            headers.put("Access-Control-Allow-Methods", cors.allowMethods());
            headers.put("Access-Control-Allow-Headers", cors.allowHeaders());
        }
        return headers;
    }
}
