package dev.echoserver.subscription;

/** What became of a join. */
public sealed interface JoinAnswer {

    /** The socket is on the channel, now or already before. */
    record Joined() implements JoinAnswer {}

    /**
     * The socket is not on the channel.
     *
     * @param status as an HTTP status: 400 no channel name, 403 a name that is not for clients, 429 too many channels,
     *     503 cannot be authorized
     */
    record Refused(int status) implements JoinAnswer {}
}
