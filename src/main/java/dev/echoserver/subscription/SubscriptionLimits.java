package dev.echoserver.subscription;

/**
 * What one socket may ask for.
 *
 * @param maxChannels on how many channels it may be at once
 * @param maxNameBytes how long a channel's name may be, in UTF-8
 * @param eventsPerSecond how many events it may send in the long run
 * @param burst how many it may send at once
 */
public record SubscriptionLimits(int maxChannels, int maxNameBytes, int eventsPerSecond, int burst) {}
