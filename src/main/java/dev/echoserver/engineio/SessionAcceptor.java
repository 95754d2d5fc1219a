package dev.echoserver.engineio;

/** Takes on new sessions. */
@FunctionalInterface
public interface SessionAcceptor {

    /**
     * A handshake succeeded. Called on {@link Session#loop()}; what is sent from within travels in the same response as
     * the handshake. The session must not be closed from within; what is thrown closes it, as if it had never been.
     *
     * @return hears everything that happens to {@code session} from now on
     */
    SessionListener accept(Session session);
}
