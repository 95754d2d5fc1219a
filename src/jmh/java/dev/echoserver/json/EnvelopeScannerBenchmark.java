package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The scan of what Laravel publishes, by size and by what the data is made of. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EnvelopeScannerBenchmark {

    /** What the data is made of, repeated until it is large enough. */
    public enum Content {
        /** One long string. */
        TEXT("Lorem ipsum dolor sit amet, consetetur sadipscing elitr. "),
        /** One long string as PHP writes German. */
        ESCAPES("Gr\\u00fc\\u00dfe aus K\\u00f6ln: https:\\/\\/example.org\\/a\\n"),
        /** One long string as JavaScript writes Russian. */
        NON_ASCII("Съешь же ещё этих мягких французских булок. "),
        /** Rows of an Eloquent model. */
        MODELS("\",{\"id\":4711,\"name\":\"Erika Mustermann\",\"total\":\"12.50\",\"paid\":true,"
                + "\"created_at\":\"2026-11-20T09:00:00.000000Z\",\"deleted_at\":null,\"tags\":[1,2.5,-3]},\"");

        private final String unit;

        Content(String unit) {
            this.unit = unit;
        }

        private byte[] envelope(int bytes) {
            String start = "{\"event\":\"App\\\\Events\\\\OrderShipped\",\"data\":{\"order\":[\"";
            String end = "\"],\"socket\":null},\"socket\":null}";
            StringBuilder all = new StringBuilder(start);
            int size = start.length() + end.length();
            do {
                all.append(unit);
                size += unit.getBytes(UTF_8).length;
            } while (size < bytes);
            return all.append(end).toString().getBytes(UTF_8);
        }
    }

    @Param({"200", "2000", "16000"})
    private int bytes;

    @Param
    private Content content = Content.TEXT;

    private byte[] payload = {};

    /** Writes the payload. */
    @Setup
    public void write() {
        payload = content.envelope(bytes);
    }

    /** One envelope. */
    @Benchmark
    public Scanned scan() {
        return EnvelopeScanner.scan(payload);
    }
}
