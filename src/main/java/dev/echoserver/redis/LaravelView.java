package dev.echoserver.redis;

/**
 * What applications get to see of presence channels in Redis, as laravel-echo-server shows it: all connections, oldest
 * first, as {@code [{"user_id":…,"user_info":…,"socketId":string}]}.
 *
 * @param updates whether each change is published on {@code PresenceChannelUpdated}: {@code databaseConfig.publishPresence}
 * @param membersKey whether the list is kept under {@code <prefix><channel>:members}: {@code databaseConfig.membersKey}
 */
public record LaravelView(boolean updates, boolean membersKey) {
    /** Neither. */
    public static final LaravelView NONE = new LaravelView(false, false);
}
