package dev.echoserver.chaos;

import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A connection that its client keeps open without doing anything more: the server has to end it. */
interface Ending extends AutoCloseable {
    /** Reads until the server has ended it, or throws a {@link SocketTimeoutException} after some seconds. */
    void awaitEnd() throws IOException;

    @Override
    void close() throws IOException;

    /** The end of {@code socket}. */
    static Ending of(RawWebSocket socket) {
        return of(socket::awaitEnd, socket::close);
    }

    /** The end of {@code connection}. */
    static Ending of(RawConnection connection) {
        return of(connection::awaitEnd, connection::close);
    }

    /** The answer on {@code connection}, on which a poll was sent. */
    static Ending ofPoll(RawConnection connection) {
        return of(connection::reply, connection::close);
    }

    private static Ending of(Step awaitEnd, Step close) {
        return new Ending() {
            @Override
            public void awaitEnd() throws IOException {
                awaitEnd.take();
            }

            @Override
            public void close() throws IOException {
                close.take();
            }
        };
    }

    /** Something to do with a connection. */
    interface Step {
        void take() throws IOException;
    }

    /** Whether it ends before {@code deadline} on the clock of {@link System#nanoTime}; closes it then. */
    default boolean comesBefore(long deadline) throws IOException {
        try (this) {
            boolean isOver = false;
            while (!isOver && System.nanoTime() < deadline) {
                isOver = hasCome();
            }
            return isOver;
        }
    }

    private boolean hasCome() throws IOException {
        try {
            awaitEnd();
            return true;
        } catch (SocketTimeoutException notYet) {
            return false;
        }
    }
}
