package dev.echoserver.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Java: its version, its memory, and options that do harm. Those of the server if it runs, else those of this process. */
final class JavaCheck {
    private static final String ID = "java";
    private static final long SMALL_HEAP_MIB = 64;
    private static final long MIB = 1 << 20;

    /** How an option begins, and what it does. */
    private static final Map<String, String> HARMFUL = new TreeMap<>(Map.of(
            "-Xint", "Without its compilers Java is 20 times slower.",
            "-agentlib:jdwp", "Whoever reaches the port of the debugger can run programs here.",
            "-Xrunjdwp", "Whoever reaches the port of the debugger can run programs here.",
            "-Dio.netty.leakDetection.level=paranoid", "Each buffer is traced, which takes most of the CPU.",
            "-Dio.netty.leakDetectionLevel=paranoid", "Each buffer is traced, which takes most of the CPU.",
            "-Dio.netty.allocator.type=unpooled", "Each buffer is asked of the operating system."));

    private final Optional<Long> server;

    JavaCheck(Optional<Long> server) {
        this.server = server;
    }

    Check check() {
        return Check.of(ID, "Java", this::look);
    }

    private List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(memory(Runtime.getRuntime().maxMemory() / MIB));
        arguments().forEach(option -> harm(option).ifPresent(findings::add));
        return findings;
    }

    private List<String> arguments() {
        return server.flatMap(Proc.ofThisMachine()::command)
                .orElseGet(() -> ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static Finding memory(long heapMib) {
        String version = "Java " + Runtime.version().feature() + " (" + System.getProperty("java.version") + ")";
        return heapMib >= SMALL_HEAP_MIB
                ? Finding.ok(ID, version + ", with up to " + heapMib + " MiB for its heap")
                : Finding.warning(
                        "java.memory",
                        version + " may take only " + heapMib + " MiB for its heap",
                        "A few thousand browsers need more; a server that runs out of memory ends.",
                        "ECHO_SERVER_JAVA_OPTS=-Xmx256m");
    }

    private static Optional<Finding> harm(String option) {
        return HARMFUL.entrySet().stream()
                .filter(known -> option.startsWith(known.getKey()))
                .map(known -> Finding.warning(
                        "java.options",
                        "Java runs with the option " + known.getKey(),
                        known.getValue(),
                        "take " + known.getKey() + " out of JAVA_OPTS, ECHO_SERVER_JAVA_OPTS or JAVA_TOOL_OPTIONS"))
                .findFirst();
    }
}
