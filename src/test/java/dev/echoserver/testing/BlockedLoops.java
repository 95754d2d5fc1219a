package dev.echoserver.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * Remembers the calls that block on the threads {@code io-*} and {@code redis-io*}. They go on: a lock of the JDK that is
 * left by an error while it waits stays locked for those who come later.
 *
 * <p>Class loading and log appenders may block (BlockHound's own rules, and Netty's), and so may the seeding and reading
 * of {@code SecureRandom}, which on Linux reads a device that always answers, Netty's allocator, which locks for as long as
 * it takes to grow, and Lettuce, which locks for a look into a map when two threads connect at once. File channels escape
 * notice: BlockHound does not know their calls.
 */
final class BlockedLoops {
    private static final int MAX_REPORTS = 10;
    private static final int MAX_FRAMES = 25;

    private final List<String> reports = new CopyOnWriteArrayList<>();

    private BlockedLoops() {}

    /** Starts watching, until the process ends. */
    static BlockedLoops watch() {
        BlockedLoops watched = new BlockedLoops();
        BlockHound.builder()
                .loadIntegrations()
                .nonBlockingThreadPredicate(others -> BlockedLoops::isEventLoop)
                .allowBlockingCallsInside(
                        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                .allowBlockingCallsInside("io.lettuce.core.internal.AbstractInvocationHandler$MethodTranslator", "of")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .blockingMethodCallback(watched::onBlockingCall)
                .install();
        return watched;
    }

    private static boolean isEventLoop(Thread thread) {
        return thread.getName().startsWith("io-") || thread.getName().startsWith("redis-io");
    }

    private void onBlockingCall(BlockingMethod method) {
        boolean isHint = method.getName().equals("onSpinWait"); // The processor's, while a test keeps a loop busy.
        if (!isHint && reports.size() < MAX_REPORTS) {
            reports.add(report(method, new BlockingOperationError(method)));
        }
    }

    private static String report(BlockingMethod method, Throwable where) {
        StringBuilder report = new StringBuilder(Thread.currentThread().getName() + ": " + method);
        StackTraceElement[] frames = where.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
            report.append("\n        at ").append(frames[i]);
        }
        return report.toString();
    }

    /** The blocking calls up to now, the first few of them, each with its stack trace. */
    List<String> reports() {
        return List.copyOf(reports);
    }
}
