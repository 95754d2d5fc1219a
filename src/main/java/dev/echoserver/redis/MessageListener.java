package dev.echoserver.redis;

/** Hears what is published on the channels of a pattern. Called on {@code redis-io}, must not block. */
interface MessageListener {

    /**
     * A message, in the order in which Redis sent it. The arrays belong to the listener from now on.
     *
     * @param channelName with the key prefix
     * @param payload if it was longer than {@link #worth}, its beginning only
     */
    void message(byte[] channelName, byte[] payload);

    /** How many bytes of a long payload are worth keeping; those behind them are thrown away as they come. */
    int worth(byte[] channelName);

    /** Everything that had come from Redis was handed over; what comes next may take a while. */
    default void readComplete() {}
}
