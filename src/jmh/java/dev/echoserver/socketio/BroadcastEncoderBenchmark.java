package dev.echoserver.socketio;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
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

/** An event as one frame for all sockets of a channel, by the size of its data. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class BroadcastEncoderBenchmark {

    @Param({"200", "16000"})
    private int bytes;

    @Param({"private-orders.4711", "private-\"orders\".é"})
    private String channelName = "";

    private final BroadcastEncoder encoder = new BroadcastEncoder();
    private final Json event = Json.of("\"App\\\\Events\\\\OrderShipped\"");
    private Channel channel = Channel.of("-");
    private Json data = Json.NULL;

    /** Writes the data. */
    @Setup
    public void write() {
        channel = Channel.of(channelName);
        data = Json.of("\"" + "x".repeat(bytes - 2) + "\"");
    }

    /** One frame, released again. */
    @Benchmark
    public boolean encode() {
        return encoder.encode(channel, event, data).release();
    }
}
