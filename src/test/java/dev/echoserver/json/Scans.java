package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.DecodeFailure.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Scans that must end in one way. */
final class Scans {
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private Scans() {}

    static Envelope envelope(String payload) {
        return envelope(payload.getBytes(UTF_8));
    }

    static Envelope envelope(byte[] payload) {
        return assertThat(EnvelopeScanner.scan(payload))
                .asInstanceOf(InstanceOfAssertFactories.type(Envelope.class))
                .actual();
    }

    static Reason reasonOf(String payload) {
        return reasonOf(payload.getBytes(UTF_8));
    }

    static Reason reasonOf(byte[] payload) {
        return assertThat(EnvelopeScanner.scan(payload))
                .asInstanceOf(InstanceOfAssertFactories.type(DecodeFailure.class))
                .actual()
                .reason();
    }
}
