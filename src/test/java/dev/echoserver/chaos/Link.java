package dev.echoserver.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A connection on which hostile inputs are sent. One thread. */
interface Link extends Closeable {

    /**
     * Sends {@code inputs}, of which only the last may end the connection, and waits until the server has read them:
     * until it answers what is sent behind them, or closes.
     *
     * @return how many it has read; if not all, the connection is over
     */
    int exchange(List<Input> inputs, Answers answers) throws IOException;
}
