package dev.echoserver.chaos;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** How much the tests of this package do, as the build's properties say. */
final class Scale {
    private Scale() {}

    /** Hostile inputs for each entrance. */
    static int inputs() {
        return Integer.getInteger("chaos.inputs", 10_000);
    }

    /** Connections that come and go. */
    static int cycles() {
        return Integer.getInteger("chaos.cycles", 2_000);
    }

    /** Servers that are killed. */
    static int kills() {
        return Integer.getInteger("chaos.kills", 2);
    }

    /** Whether there is time for what lasts. */
    static boolean isLong() {
        return cycles() > 10_000;
    }

    /** Randomness for {@code test}; what it prints repeats a run: {@code -Dchaos.seed=…}. */
    static RandomGenerator random(Class<?> test) {
        long given = Long.getLong("chaos.seed", 0);
        long seed = given == 0 ? System.nanoTime() : given;
        System.out.println(test.getSimpleName() + ": -Dchaos.seed=" + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
