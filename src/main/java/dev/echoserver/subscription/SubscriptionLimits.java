package dev.echoserver.subscription;

/**
 * What one socket may join.
 *
 * @param maxChannels on how many channels it may be at once
 * @param maxNameBytes how long a channel's name may be, in UTF-8
 * @param membersNeedIds whether a member of a presence channel must have a {@code user_id}, a string or a number
 */
public record SubscriptionLimits(int maxChannels, int maxNameBytes, boolean membersNeedIds) {}
