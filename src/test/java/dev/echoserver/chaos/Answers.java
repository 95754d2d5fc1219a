package dev.echoserver.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What came back, counted by kind. Any thread. */
final class Answers {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String kind) {
        counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    long count(String kind) {
        return counts.getOrDefault(kind, new LongAdder()).sum();
    }

    @Override
    public String toString() {
        return new TreeMap<>(counts).toString();
    }
}
