package dev.echoserver.auth;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chooses the host that is asked about a client: the one that its page comes from, if it is a candidate.
 *
 * <p>The page is told by {@code Referer}, as in laravel-echo-server, or else by {@code Origin}, because a WebSocket
 * handshake has no {@code Referer}.
 *
 * <p>If no candidate matches, it is the last one after a {@code Referer} and the first one otherwise, as in
 * laravel-echo-server. Unlike there, what is no URL (such as {@code .example.com}) is passed over then.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#authHost}.
 *
 * @param candidates {@code authHost} of the configuration, in its order
 */
public record AuthHosts(List<String> candidates) {
    private static final Pattern URL = Pattern.compile("https?://[^/?#]", Pattern.CASE_INSENSITIVE);

    /** Copies the list. */
    public AuthHosts {
        candidates = List.copyOf(candidates);
    }

    /** Where to ask about {@code client}, such as {@code https://app.example.com:8443}; empty if nothing fits. */
    public Optional<String> baseFor(Credentials client) {
        Optional<WebOrigin> referer = page(client.referer());
        return referer.or(() -> page(client.origin()))
                .flatMap(this::matching)
                .or(() -> referer.isPresent() ? last() : first());
    }

    private static Optional<WebOrigin> page(Optional<String> url) {
        return url.flatMap(WebOrigin::of).filter(WebOrigin::isHttp);
    }

    private Optional<String> matching(WebOrigin page) {
        return candidates.stream()
                .filter(candidate -> new HostPattern(candidate).matches(page))
                .findFirst()
                .map(candidate -> isUrl(candidate) ? candidate : page.toString());
    }

    private Optional<String> first() {
        return candidates.stream().filter(AuthHosts::isUrl).findFirst();
    }

    private Optional<String> last() {
        Optional<String> last =
                candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(candidates.size() - 1));
        return last.filter(AuthHosts::isUrl).or(this::first);
    }

    private static boolean isUrl(String candidate) {
        return URL.matcher(candidate).lookingAt();
    }
}
