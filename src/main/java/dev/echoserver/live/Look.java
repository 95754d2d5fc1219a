package dev.echoserver.live;

/** Somebody looks, until this is closed. */
@FunctionalInterface
public interface Look extends AutoCloseable {

    /** Any thread; never fails. */
    @Override
    void close();
}
