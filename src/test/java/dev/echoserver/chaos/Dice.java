package dev.echoserver.chaos;

import java.util.List;
import java.util.random.RandomGenerator;

/** Decides what a hostile input is made of. One thread. */
record Dice(RandomGenerator random) {

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True in {@code percent} of 100 cases. */
    boolean hits(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of {@code all}. */
    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** As many bytes, of any value. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
