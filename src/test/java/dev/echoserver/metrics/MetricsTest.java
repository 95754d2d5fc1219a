package dev.echoserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private List<String> lines(String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.contains(name) && !line.startsWith("#"))
                .toList();
    }

    @Test
    void areReadAtThatMoment() {
        AtomicLong count = new AtomicLong(3);
        metrics.gauge(Series.of("demo_sockets", "Sockets.").with("kind", "open"), count::get);
        metrics.counter(Series.of("demo_events_total", "Events."), count::get);

        assertThat(lines("demo_"))
                .containsExactlyInAnyOrder("demo_sockets{kind=\"open\"} 3.0", "demo_events_total 3.0");
        count.set(4);
        assertThat(lines("demo_"))
                .containsExactlyInAnyOrder("demo_sockets{kind=\"open\"} 4.0", "demo_events_total 4.0");
        assertThat(metrics.scrape()).contains("# HELP demo_events_total Events.", "# TYPE demo_events_total counter");
    }

    @Test
    void areCountedForEachCause() {
        metrics.counters(
                Series.of("demo_refused_total", "Refused."), "mode", RoundingMode.class, RoundingMode::ordinal);

        assertThat(lines("demo_refused")).contains("demo_refused_total{mode=\"half_up\"} 4.0");
    }

    @Test
    void nameTheVersion() {
        metrics.version("1.2.3");

        assertThat(lines("echo_server_info")).containsExactly("echo_server_info{version=\"1.2.3\"} 1");
    }

    @Test
    void sumUpHistograms() {
        metrics.histogram(
                Series.of("demo_seconds", "Times."),
                () -> List.of(new Histogram(List.of("outcome", "good"), List.of(0.1, 0.5), List.of(2L, 0L, 1L), 7.5)));

        assertThat(lines("demo_seconds"))
                .containsExactly(
                        "demo_seconds_bucket{outcome=\"good\",le=\"0.1\"} 2",
                        "demo_seconds_bucket{outcome=\"good\",le=\"0.5\"} 2",
                        "demo_seconds_bucket{outcome=\"good\",le=\"+Inf\"} 3",
                        "demo_seconds_count{outcome=\"good\"} 3",
                        "demo_seconds_sum{outcome=\"good\"} 7.5");
    }

    @Test
    void doNotFailTogether() {
        metrics.gauge(Series.of("demo_torn", "Torn."), MetricsTest::fail);
        metrics.counter(Series.of("demo_broken_total", "Broken."), MetricsTest::fail);
        metrics.histogram(Series.of("demo_broken_seconds", "Broken."), () -> {
            throw new IllegalStateException("broken");
        });
        metrics.gauge(Series.of("demo_whole", "Whole."), () -> 1);

        assertThat(lines("demo_")).contains("demo_torn NaN", "demo_broken_total NaN", "demo_whole 1.0");
    }

    private static double fail() {
        throw new IllegalStateException("broken");
    }

    @Test
    void tellOfTheJvm() {
        assertThat(metrics.scrape())
                .contains("jvm_memory_used_bytes{", "process_files_open_files ", "process_start_time_seconds ");
    }
}
