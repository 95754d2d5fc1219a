package dev.echoserver.live;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Lets several look at what becomes of broadcasts; nobody is told anything while there are none. Any thread. */
public final class Lookout {
    private final List<BroadcastObserver> all = new CopyOnWriteArrayList<>();
    private final Consumer<Optional<BroadcastObserver>> source;
    private final BroadcastObserver everybody = new Everybody();

    /** {@code source} tells the observer that it was given last, or nobody. */
    public Lookout(Consumer<Optional<BroadcastObserver>> source) {
        this.source = source;
    }

    /** {@code observer} is told of all broadcasts, until the result is closed. */
    Look add(BroadcastObserver observer) {
        change(() -> all.add(observer));
        return () -> change(() -> all.remove(observer));
    }

    private synchronized void change(Runnable step) {
        step.run();
        source.accept(Optional.of(everybody).filter(some -> !all.isEmpty()));
    }

    private final class Everybody implements BroadcastObserver {
        @Override
        public void delivered(Origin origin, Broadcast broadcast, Reach reach) {
            all.forEach(observer -> observer.delivered(origin, broadcast, reach));
        }

        @Override
        public void dropped(DropReason reason, String channel, int bytes) {
            all.forEach(observer -> observer.dropped(reason, channel, bytes));
        }
    }
}
