package dev.echoserver.redis;

/** Counts how often there was something to read, and hands it on. Read on any thread, written on {@code redis-io}. */
final class CountedReads implements MessageListener {
    private final MessageListener messages;
    private volatile long count;

    CountedReads(MessageListener messages) {
        this.messages = messages;
    }

    long count() {
        return count;
    }

    @Override
    public void message(byte[] channelName, byte[] payload) {
        messages.message(channelName, payload);
    }

    @Override
    public int worth(byte[] channelName) {
        return messages.worth(channelName);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the I/O thread only.
    public void readComplete() {
        count++;
        messages.readComplete();
    }
}
