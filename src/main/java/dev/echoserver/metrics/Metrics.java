package dev.echoserver.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of a program and of its JVM, read when they are asked for. One that cannot be read costs the others nothing: it
 * is not a number then, and the log says so once. Confined to one thread.
 */
public final class Metrics implements AutoCloseable {
    /** What {@link #scrape} returns. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusRegistry histograms = new PrometheusRegistry();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, histograms, Clock.SYSTEM);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<DoubleSupplier> counters = new ArrayList<>(); // Micrometer holds them weakly.
    private final Set<String> broken = new HashSet<>();

    /** Those of the JVM and the process. */
    public Metrics() {
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time")) // Their names break Prometheus' rules.
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        List<MeterBinder> binders = List.of(
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                collections,
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** Adds a number that may go up and down. */
    public void gauge(Series series, DoubleSupplier value) {
        Gauge.builder(series.name(), () -> read(series, value))
                .description(series.help())
                .tags(tags(series))
                .strongReference(true)
                .register(registry);
    }

    /** Adds a number that only goes up; its name ends with {@code _total}. */
    public void counter(Series series, DoubleSupplier value) {
        counters.add(value);
        FunctionCounter.builder(series.name(), value, count -> read(series, count))
                .description(series.help())
                .tags(tags(series))
                .register(registry);
    }

    /** Adds a gauge for each constant of {@code kinds}, whose name in lower case is the value of {@code label}. */
    public <C extends Enum<C>> void gauges(Series series, String label, Class<C> kinds, ToDoubleFunction<C> value) {
        for (C kind : kinds.getEnumConstants()) {
            gauge(series.with(label, wireName(kind)), () -> value.applyAsDouble(kind));
        }
    }

    /** Adds a counter for each constant of {@code causes}, as {@link #gauges}. */
    public <C extends Enum<C>> void counters(Series series, String label, Class<C> causes, ToDoubleFunction<C> count) {
        for (C cause : causes.getEnumConstants()) {
            counter(series.with(label, wireName(cause)), () -> count.applyAsDouble(cause));
        }
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Adds {@code echo_server_info}, which is always 1 and has the version as a label. */
    public void version(String number) {
        gauge(Series.of("echo_server.info", "The version that runs.").with("version", number), () -> 1);
    }

    /** Adds times, which have the labels; the name ends with {@code _seconds}. */
    public void histogram(Series series, Supplier<List<Histogram>> times) {
        histograms.register((Collector) () -> {
            HistogramSnapshot.Builder snapshot =
                    HistogramSnapshot.builder().name(series.name()).help(series.help());
            readAll(series.name(), times).forEach(each -> snapshot.dataPoint(point(each)));
            return snapshot.build();
        });
    }

    private static HistogramDataPointSnapshot point(Histogram times) {
        List<Number> counts = new ArrayList<>(times.counts());
        List<Double> bounds = new ArrayList<>(times.boundsSeconds());
        bounds.add(Double.POSITIVE_INFINITY);
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of(times.labels().toArray(String[]::new)))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(times.sumSeconds())
                .build();
    }

    private static Tags tags(Series series) {
        return Tags.of(series.labels().toArray(String[]::new));
    }

    private double read(Series series, DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (RuntimeException bug) {
            tell(series.name(), bug);
            return Double.NaN;
        }
    }

    private List<Histogram> readAll(String name, Supplier<List<Histogram>> times) {
        try {
            return times.get();
        } catch (RuntimeException bug) {
            tell(name, bug);
            return List.of();
        }
    }

    private void tell(String name, RuntimeException bug) {
        if (broken.add(name)) {
            log.error("A metric cannot be read: name={}", name, bug);
        }
    }

    /** All of them now, in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    /** Reads nothing more. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
