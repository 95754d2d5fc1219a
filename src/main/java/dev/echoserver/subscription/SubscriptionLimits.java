package dev.echoserver.subscription;

/**
 * What one socket may join.
 *
 * @param maxChannels on how many channels it may be at once
 * @param maxNameBytes how long a channel's name may be, in UTF-8
 */
public record SubscriptionLimits(int maxChannels, int maxNameBytes) {}
