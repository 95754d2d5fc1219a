package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;

/**
 * What a path stands for.
 *
 * @param appId decoded
 * @param channel decoded; empty if the operation is not about one
 */
record Target(String appId, Operation operation, String channel) {
    private static final Map<String, Operation> OPERATIONS = Map.of(
            "events", Operation.EVENTS,
            "batch_events", Operation.BATCH_EVENTS,
            "status", Operation.STATUS,
            "channels", Operation.CHANNELS);

    /**
     * Reads {@code /apps/<appId>/<operation>}; a slash at the end changes nothing. Empty if there is no such path.
     *
     * @param path still percent-encoded
     * @throws ApiRefusal if it is not well encoded
     */
    static Optional<Target> of(String path) {
        String[] parts = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
        if (parts.length < 4 || !path.startsWith("/apps/") || parts[2].isEmpty()) {
            return Optional.empty();
        }
        return operation(parts)
                .map(operation -> new Target(decoded(parts[2]), operation, parts.length > 4 ? decoded(parts[4]) : ""));
    }

    private static Optional<Operation> operation(String[] parts) {
        boolean isAboutChannels = parts[3].equals("channels");
        return switch (parts.length) {
            case 4 -> Optional.ofNullable(OPERATIONS.get(parts[3]));
            case 5 -> Optional.of(Operation.CHANNEL).filter(channel -> isAboutChannels);
            case 6 -> Optional.of(Operation.USERS).filter(users -> isAboutChannels && parts[5].equals("users"));
            default -> Optional.empty();
        };
    }

    /** Express answers the same to a path that it cannot decode. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiRefusal.badRequest("Failed to decode param '" + segment + "'");
        }
    }
}
