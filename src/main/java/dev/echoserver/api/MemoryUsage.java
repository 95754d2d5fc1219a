package dev.echoserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of this process in bytes, under the names that Node gives to its own. */
public final class MemoryUsage {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private MemoryUsage() {}

    /**
     * What is used now: {@code rss} of the whole process, {@code heapTotal} and {@code heapUsed} of Java's heap, {@code
     * external} of Java outside the heap, and {@code arrayBuffers} of its buffers. Reads a file.
     */
    static ObjectNode now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long committed = memory.getHeapMemoryUsage().getCommitted();
        long outside = memory.getNonHeapMemoryUsage().getCommitted();
        return JsonNodeFactory.instance
                .objectNode()
                .put("rss", resident(committed + outside))
                .put("heapTotal", committed)
                .put("heapUsed", memory.getHeapMemoryUsage().getUsed())
                .put("external", outside)
                .put("arrayBuffers", buffers());
    }

    /** What all of it takes; 0 if the operating system does not tell. Reads a file. */
    public static long residentBytes() {
        return resident(0);
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long resident(long elsewhere) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(elsewhere);
        } catch (IOException notLinux) {
            return elsewhere;
        }
    }
}
