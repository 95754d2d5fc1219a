package dev.echoserver;

import static java.util.Objects.requireNonNull;

import dev.echoserver.api.MemoryUsage;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.engineio.TransportName;
import dev.echoserver.hub.Traffic;
import dev.echoserver.laravel.AuthorizationTimes;
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
record Vitals(Views.Parts parts, String redis) implements Figures.Source {

    @Override
    public Figures now() {
        return new Figures(
                Version.number(),
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                byName(TransportName.values(), parts.engine().connections()::count),
                byName(ChannelKind.values(), parts.hub()::subscriptions),
                load(),
                new Figures.Redis(parts.backplane().isListening(), redis),
                auth(),
                MemoryUsage.residentBytes(),
                parts.lags().longest());
    }

    private Figures.Auth auth() {
        Map<String, AuthorizationTimes.Times> times = parts.laravel().times().byOutcome();
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
        Traffic traffic = parts.hub().traffic();
        long broadcasts = Arrays.stream(Origin.values())
                .mapToLong(parts.hub()::broadcasts)
                .sum();
        long dropped = Arrays.stream(DropReason.values())
                .mapToLong(parts.backplane().drops()::count)
                .sum();
        return new Figures.Load(broadcasts, traffic.deliveries(), traffic.bytes(), dropped + traffic.lost());
    }

    private static <E extends Enum<E>> Map<String, Long> byName(E[] constants, ToLongFunction<E> count) {
        return Arrays.stream(constants)
                .collect(Collectors.toMap(each -> each.name().toLowerCase(Locale.ROOT), count::applyAsLong));
    }
}
