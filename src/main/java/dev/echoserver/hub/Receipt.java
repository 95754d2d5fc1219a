package dev.echoserver.hub;

import dev.echoserver.broadcast.BroadcastObserver.Reach;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Collects from the event loops how far one broadcast got. Any thread. */
final class Receipt {
    private final AtomicInteger loopsLeft;
    private final Consumer<Reach> whenComplete;
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicBoolean isSenderHere = new AtomicBoolean();
    private final AtomicBoolean isLost = new AtomicBoolean();

    /** Told to {@code whenComplete}, on the last of {@code loops}. */
    Receipt(int loops, Consumer<Reach> whenComplete) {
        this.loopsLeft = new AtomicInteger(loops);
        this.whenComplete = whenComplete;
    }

    /** One loop has written to {@code reached} sockets, {@code nanos} after the broadcast's arrival. */
    void delivered(int reached, boolean withoutSender, long nanos) {
        sockets.addAndGet(reached);
        if (withoutSender) {
            isSenderHere.set(true);
        }
        settle(nanos);
    }

    /** One loop has no room for it. */
    void lost(long nanos) {
        isLost.set(true);
        settle(nanos);
    }

    private void settle(long nanos) {
        if (loopsLeft.decrementAndGet() == 0) {
            whenComplete.accept(new Reach(sockets.get(), isSenderHere.get(), isLost.get(), Duration.ofNanos(nanos)));
        }
    }
}
