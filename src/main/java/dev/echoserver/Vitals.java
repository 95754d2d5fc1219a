package dev.echoserver;

import static java.util.Objects.requireNonNull;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.TransportName;
import dev.echoserver.hub.Hub;
import dev.echoserver.hub.Traffic;
import dev.echoserver.laravel.AuthorizationTimes;
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.live.Figures;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The figures of a running server, for those who look at it.
 *
 * @param redis where it is, without a password
 */
record Vitals(
        Hub hub,
        EngineIoServer engine,
        LaravelAuthorizer laravel,
        LoopLags lags,
        Drops drops,
        Readiness readiness,
        String redis)
        implements Figures.Source {

    @Override
    public Figures now() {
        return new Figures(
                Version.number(),
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                byName(TransportName.values(), engine.connections()::count),
                byName(ChannelKind.values(), hub::subscriptions),
                load(),
                new Figures.Redis(readiness.isReady(), redis),
                auth(),
                0,
                lags.longest());
    }

    private Figures.Auth auth() {
        Map<String, AuthorizationTimes.Times> times = laravel.times().byOutcome();
        long all = times.values().stream()
                .mapToLong(AuthorizationTimes.Times::count)
                .sum();
        long granted = requireNonNull(times.get(AuthorizationTimes.GRANTED)).count();
        long nanos = times.values().stream()
                .mapToLong(AuthorizationTimes.Times::sumNanos)
                .sum();
        return new Figures.Auth(granted, all - granted, Duration.ofNanos(nanos));
    }

    private Figures.Load load() {
        Traffic traffic = hub.traffic();
        long broadcasts =
                Arrays.stream(Origin.values()).mapToLong(hub::broadcasts).sum();
        long dropped =
                Arrays.stream(DropReason.values()).mapToLong(drops::count).sum();
        return new Figures.Load(broadcasts, traffic.deliveries(), traffic.bytes(), dropped + traffic.lost());
    }

    private static <E extends Enum<E>> Map<String, Long> byName(E[] constants, ToLongFunction<E> count) {
        return Arrays.stream(constants)
                .collect(Collectors.toMap(each -> each.name().toLowerCase(Locale.ROOT), count::applyAsLong));
    }
}
