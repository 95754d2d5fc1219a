package dev.echoserver.engineio;

import io.netty.channel.EventLoop;

/** The heartbeats of all sessions of one event loop, by what they wait for. Confined to it. */
final class Heartbeats {
    private final EventLoop loop;
    private final long intervalNanos;
    private final WaitingList toBePinged;
    private final WaitingList toAnswer;
    private final WaitingList toSpeak;

    Heartbeats(EngineIoSettings.Pings pings, EventLoop loop) {
        long patienceNanos = pings.interval().plus(pings.timeout()).toNanos();
        this.loop = loop;
        this.intervalNanos = pings.interval().toNanos();
        this.toBePinged = new WaitingList(loop, intervalNanos);
        this.toAnswer = new WaitingList(loop, patienceNanos);
        this.toSpeak = new WaitingList(loop, patienceNanos);
    }

    /** Those whose next ping is due an interval after they were heard. */
    WaitingList toBePinged() {
        return toBePinged;
    }

    /** Those that were pinged, and are gone if nothing is heard. */
    WaitingList toAnswer() {
        return toAnswer;
    }

    /** Those that ping by themselves, and are gone if nothing is heard. */
    WaitingList toSpeak() {
        return toSpeak;
    }

    /** From what is heard of a client to its next ping. */
    long intervalNanos() {
        return intervalNanos;
    }

    long nowNanos() {
        return loop.ticker().nanoTime();
    }
}
