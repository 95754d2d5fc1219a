package dev.echoserver.channel;

import dev.echoserver.json.Utf8;

/**
 * A Laravel channel, typed by what a subscriber has to prove before joining it.
 *
 * <p>The type carries the rule: code that needs members takes a {@link PresenceChannel}, so the compiler rejects a
 * presence join on a public channel.
 */
public sealed interface Channel permits PublicChannel, PrivateChannel, PresenceChannel {

    /** The name as it travels on the wire, Redis key prefix already removed. */
    String name();

    /** Which of the three it is. */
    ChannelKind kind();

    /** Whether Laravel must authorize a subscriber first. */
    default boolean isGuarded() {
        return !(this instanceof PublicChannel);
    }

    /**
     * Types a wire name. A guard marker anywhere in the name guards the channel, so a name that still carries an
     * unknown Redis prefix fails closed instead of becoming public.
     *
     * <p>Source: laravel-echo-server 1.6.3, {@code channel.ts#isPrivate} (unanchored), {@code #isPresence}.
     *
     * @throws IllegalArgumentException if {@code name} is not {@linkplain #isName a channel name}
     */
    static Channel of(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("name: " + name + " (expected: something without control characters)");
        }
        if (name.startsWith(PresenceChannel.PREFIX)) {
            return new PresenceChannel(name);
        }
        return name.contains("private-") || name.contains(PresenceChannel.PREFIX)
                ? new PrivateChannel(name)
                : new PublicChannel(name);
    }

    /** Whether {@code name} can name a channel: not empty, no control characters, and with a form in UTF-8. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty() && Utf8.canEncode(name);
    }
}
