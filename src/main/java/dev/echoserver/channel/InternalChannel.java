package dev.echoserver.channel;

/** The channels on which servers talk to each other and to Laravel: nobody may join them, nothing on them is relayed. */
public final class InternalChannel {

    /** How the names of the channels between servers begin, key prefix removed. */
    public static final String PREFIX = "echo-server:";

    /**
     * Where rosters are published for Laravel. Relaying them would show every member to everybody.
     *
     * <p>Source: laravel-echo-server 1.6.3, {@code redis.ts#set}.
     */
    public static final String PRESENCE_UPDATES = "PresenceChannelUpdated";

    /** Where nodes announce who joins and leaves presence channels, key prefix removed. */
    public static final String PRESENCE = PREFIX + "presence";

    /** Where nodes send whispers to each other, key prefix removed. */
    public static final String PEERS = PREFIX + "peers";

    /** Where nodes ask each other how many sockets they have, key prefix removed. */
    public static final String CENSUS = PREFIX + "census";

    /** Where they answer, key prefix removed. */
    public static final String COUNTS = PREFIX + "counts";

    private InternalChannel() {}

    /** Whether {@code name} is no channel of Laravel's, key prefix removed. */
    public static boolean isInternal(String name) {
        return name.startsWith(PREFIX) || name.equals(PRESENCE_UPDATES);
    }
}
