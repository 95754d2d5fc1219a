package dev.echoserver;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.hub.Hub;
import dev.echoserver.hub.Traffic;
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
record Vitals(Hub hub, EngineIoServer engine, Drops drops, Readiness readiness, String redis)
        implements Figures.Source {

    @Override
    public Figures now() {
        return new Figures(
                Version.number(),
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                Map.of("open", (long) engine.sessionCount()),
                byName(ChannelKind.values(), hub::subscriptions),
                load(),
                new Figures.Redis(readiness.isReady(), redis),
                new Figures.Auth(0, 0, Duration.ZERO),
                0,
                Duration.ZERO);
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
