package dev.echoserver.watch;

import dev.echoserver.watch.ServerFigures.Busy;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The busiest channels of the last seconds: those of one second alone would not stay long enough to be read. */
final class Busiest {
    private static final int SECONDS = 5;

    private final Deque<List<Busy>> seconds = new ArrayDeque<>();

    /** Takes in those of one more second. */
    void add(List<Busy> second) {
        seconds.addLast(second);
        if (seconds.size() > SECONDS) {
            seconds.removeFirst();
        }
    }

    /** With the mean of their rates, busiest first. */
    List<Busy> list() {
        Map<String, Busy> all = new TreeMap<>();
        for (List<Busy> second : seconds) {
            for (Busy busy : second) {
                all.merge(busy.channel(), busy, Busiest::sum);
            }
        }
        return all.values().stream()
                .map(busy -> new Busy(busy.channel(), busy.perSecond() / seconds.size(), busy.sockets()))
                .sorted(Comparator.comparingDouble(Busy::perSecond).reversed())
                .toList();
    }

    private static Busy sum(Busy before, Busy next) {
        return new Busy(next.channel(), before.perSecond() + next.perSecond(), next.sockets());
    }
}
