package dev.echoserver.testing;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Watches the whole test run, whatever runs in it, and fails it at its end if a buffer leaked or an event loop blocked.
 *
 * <p>Registered in {@code META-INF/services}. What it finds belongs to no test in particular: a leak is found long after
 * its cause, and on an event loop nobody may hear of an error. So it is thrown where the run closes its resources, which
 * the build reports as an error of the test engine.
 */
public final class RunChecks implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(RunChecks.class)).computeIfAbsent(Watch.class);
    }

    /** From before the first test class until after the last. */
    static final class Watch implements AutoCloseable {
        private final BufferLeaks leaks = new BufferLeaks();
        private final BlockedLoops blocked = BlockedLoops.watch();

        @Override
        public void close() {
            SoftAssertions.assertSoftly(found -> {
                found.assertThat(blocked.reports())
                        .as("Blocking calls on event loops")
                        .isEmpty();
                found.assertThat(leaks.reports()).as("Leaked buffers").isEmpty();
            });
        }
    }
}
