package dev.echoserver.auth;

import java.util.concurrent.CompletionStage;

/** Decides who may join guarded channels. */
public interface Authorizer extends AutoCloseable {

    /**
     * Asks. Returns at once; completes on any thread, within the configured timeout, never exceptionally. Identical
     * questions that are asked while the first is unanswered get the same answer.
     */
    CompletionStage<Authorization> authorize(AuthQuestion question);

    /** Gives up on open questions, which are denied, and releases connections. Idempotent. */
    @Override
    void close();
}
