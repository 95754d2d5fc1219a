package dev.echoserver.api;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be told about a channel. The names on the wire are those of the constants, in lower case. */
enum Attribute {
    /** How many sockets are on it. */
    SUBSCRIPTION_COUNT,
    /** Whether that is more than none. */
    OCCUPIED,
    /** How many users are on it; presence channels only. */
    USER_COUNT;

    private static final Set<Attribute> ON_REQUEST = EnumSet.of(SUBSCRIPTION_COUNT, USER_COUNT);

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Those in a list such as {@code user_count,subscription_count}.
     *
     * @param hasUsers whether all channels in question have users
     * @throws ApiRefusal if one is not known, or not there
     */
    static Set<Attribute> requested(Optional<String> info, boolean hasUsers) {
        Set<Attribute> requested = EnumSet.noneOf(Attribute.class);
        for (String name : info.map(list -> list.split(",", -1)).orElse(new String[0])) {
            requested.add(of(name.strip()));
        }
        if (requested.contains(USER_COUNT) && !hasUsers) {
            throw ApiRefusal.badRequest("user_count is only there for presence channels; for a list of channels, set"
                    + " filter_by_prefix=presence-");
        }
        return requested;
    }

    private static Attribute of(String name) {
        return ON_REQUEST.stream()
                .filter(attribute -> attribute.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiRefusal.badRequest(
                        "info: \"" + name + "\" is not known (expected: subscription_count, user_count)"));
    }
}
