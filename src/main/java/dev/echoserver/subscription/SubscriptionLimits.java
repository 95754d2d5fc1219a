package dev.echoserver.subscription;

/**
 * What one socket may ask for.
 *
 * @param maxChannels on how many channels it may be at once
 * @param eventsPerSecond how many events it may send in the long run
 * @param burst how many it may send at once
 */
public record SubscriptionLimits(int maxChannels, int eventsPerSecond, int burst) {
    /** 1,000 channels; 50 events a second, 200 at once. */
    public static final SubscriptionLimits DEFAULT = new SubscriptionLimits(1000, 50, 200);
}
