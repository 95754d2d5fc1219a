package dev.echoserver.hub;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import dev.echoserver.socketio.BroadcastEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Fan-out of events of 200 bytes to one channel on one event loop, by the number of its sockets; they write nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HubBenchmark {
    private static final int BURST = 8;

    @Param({"1", "1000", "10000"})
    private int sockets;

    private final Broadcast broadcast = new Broadcast(
            Channel.of("orders"),
            Json.of("\"App\\\\Events\\\\OrderShipped\""),
            Json.of("\"" + "x".repeat(198) + "\""),
            Optional.empty());
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Hub hub = new Hub(new BroadcastEncoder(), whisper -> {}, List.of(loop.eventLoop()), System::nanoTime);
    private final BroadcastSink redis = hub.from(Origin.REDIS);

    /** All sockets enter the channel. */
    @Setup
    public void enter() {
        for (int number = 0; number < sockets; number++) {
            Subscriber socket = new Socket(new SocketId("1." + number), loop.eventLoop());
            hub.of(socket).enter(broadcast.channel(), socket);
        }
    }

    /** An event that comes alone. */
    @Benchmark
    public void one() {
        redis.accept(broadcast);
        loop.runPendingTasks();
    }

    /** One of several events that come at once. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void oneOfEight() {
        for (int number = 0; number < BURST; number++) {
            redis.accept(broadcast);
        }
        loop.runPendingTasks();
    }

    private record Socket(SocketId id, EventLoop loop) implements Subscriber {

        @Override
        public void send(ByteBuf frames) {
            frames.release();
        }

        @Override
        public BinaryEncoder binaryEncoder() {
            throw new UnsupportedOperationException("binaryEncoder: not asked for here");
        }

        @Override
        public void sendNow(ByteBuf frames) {
            frames.release();
        }
    }
}
