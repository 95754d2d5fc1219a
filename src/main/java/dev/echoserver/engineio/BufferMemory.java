package dev.echoserver.engineio;

import io.netty.util.internal.PlatformDependent;

/** The memory outside the heap in which buffers are. */
public final class BufferMemory {
    private BufferMemory() {}

    /** How much is taken at the moment, for whatever purpose; in bytes. Any thread. */
    public static long allocatedBytes() {
        return PlatformDependent.usedDirectMemory();
    }

    /** How much there may be, in bytes: what {@code -XX:MaxDirectMemorySize} says, else as much as of the heap. */
    public static long maxBytes() {
        return PlatformDependent.maxDirectMemory();
    }
}
