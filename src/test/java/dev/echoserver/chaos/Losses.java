package dev.echoserver.chaos;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.BitSet;
import java.util.Optional;

/**
 * Numbers that did not come to a client, by cause; the most that any of them lacks.
 *
 * @param refused Redis did not take them, so nobody could get them; not counted as lost
 * @param gap Redis took them while a server was not subscribed: nobody on that server got them
 * @param absence a client that came back was away
 * @param other what must not be
 */
record Losses(int refused, int gap, int absence, int other) {
    private static final int LOG_MILLIS = 1; // The log cuts off what is less.

    int lost() {
        return gap + absence + other;
    }

    /** Of the numbers from {@code from} on and below {@code to}. */
    static Losses of(Scene scene, int from, int to, Instant began) {
        BitSet taken = scene.numbers().taken(from, to);
        int gap = 0;
        int absence = 0;
        int other = 0;
        for (Scene.Node node : scene.nodes()) {
            BitSet gapHere = gap(scene, node, taken, began);
            gap = Math.max(gap, gapHere.cardinality());
            for (Witness witness : node.witnesses()) {
                BitSet missing = witness.missing(taken);
                missing.andNot(gapHere);
                absence = Math.max(absence, witness.ends() > 0 ? missing.cardinality() : 0);
                other = Math.max(other, witness.ends() > 0 ? 0 : missing.cardinality());
            }
        }
        return new Losses(to - from - taken.cardinality(), gap, absence, other);
    }

    private static BitSet gap(Scene scene, Scene.Node node, BitSet taken, Instant began) {
        BitSet gap = (BitSet) taken.clone();
        int first = taken.nextSetBit(0); // Who came later cannot say.
        node.witnesses().stream()
                .filter(witness -> witness.heardBefore(first))
                .forEach(witness -> gap.and(witness.missing(taken)));
        Instant end = listeningAgain(node).filter(began::isBefore).orElse(began).plusMillis(LOG_MILLIS);
        for (int number = gap.nextSetBit(0); number >= 0; number = gap.nextSetBit(number + 1)) {
            gap.set(number, scene.numbers().time(number).isBefore(end));
        }
        return gap;
    }

    private static Optional<Instant> listeningAgain(Scene.Node node) {
        return node.program()
                .output()
                .lines()
                .filter(line -> line.contains(" INFO  Listening to Redis again"))
                .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' ')))
                        .toInstant())
                .reduce((one, later) -> later);
    }
}
