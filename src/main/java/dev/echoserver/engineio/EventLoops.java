package dev.echoserver.engineio;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;

/** Work that may have to change its event loop first. */
final class EventLoops {
    private EventLoops() {}

    /** Runs {@code task} on {@code loop}: now if this is its thread. */
    static void run(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /**
     * Moves {@code connection}, from its own event loop, to {@code loop} for good.
     *
     * @param then runs on {@code loop}, with false if the connection was closed meanwhile
     */
    static void move(Channel connection, EventLoop loop, Consumer<Boolean> then) {
        if (connection.eventLoop() == loop) {
            then.accept(true);
            return;
        }
        connection
                .deregister()
                .addListener(left -> loop.register(connection)
                        .addListener(arrived -> run(loop, () -> then.accept(arrived.isSuccess()))));
    }
}
