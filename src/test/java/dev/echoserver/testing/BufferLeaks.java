package dev.echoserver.testing;

import ch.qos.logback.classic.Level;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * What Netty's leak detector says from now on. It must be switched on by {@code -Dio.netty.leakDetection.level=paranoid}.
 */
final class BufferLeaks {
    private static final int ROUNDS = 3; // A leak that holds a buffer that holds another takes one round each.
    private static final long MAX_WAIT_MILLIS = 2_000;

    /** The read buffer of a connection that Lettuce was still making when its client was shut down. */
    private static final String OF_LETTUCE = "io.lettuce.core.protocol.CommandHandler.channelRegistered";

    private final CapturedLog log = CapturedLog.of(ResourceLeakDetector.class);

    /** The leaks up to now, garbage collected for the purpose, with the places where the buffers were seen last. */
    List<String> reports() {
        for (int round = 0; round < ROUNDS; round++) {
            collectGarbage();
            ByteBufAllocator.DEFAULT.buffer().release(); // The detector looks for leaks when a buffer is made.
        }
        return log.lines(Level.ERROR).stream()
                .filter(report -> !report.contains(OF_LETTUCE))
                .toList();
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> witness = new WeakReference<>(new Object(), collected);
        System.gc();
        try {
            collected.remove(MAX_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Reference.reachabilityFence(witness);
        }
    }
}
