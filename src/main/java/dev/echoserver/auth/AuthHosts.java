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
 */
public final class AuthHosts {
    private static final Pattern URL = Pattern.compile("https?://[^/?#]", Pattern.CASE_INSENSITIVE);

    private final List<HostPattern> candidates;
    private final Optional<String> first;
    private final Optional<String> last;

    /** Chooses among {@code candidates}: {@code authHost} of the configuration, in its order. */
    public AuthHosts(List<String> candidates) {
        this.candidates = HostPattern.all(candidates);
        this.first = candidates.stream().filter(AuthHosts::isUrl).findFirst();
        this.last = candidates.stream()
                .skip(Math.max(0, candidates.size() - 1))
                .filter(AuthHosts::isUrl)
                .findFirst()
                .or(() -> first);
    }

    /** Where to ask about {@code client}, such as {@code https://app.example.com:8443}; empty if nothing fits. */
    public Optional<String> baseFor(Credentials client) {
        if (client.referer().isEmpty() && client.origin().isEmpty()) {
            return first;
        }
        Optional<WebOrigin> referer = page(client.referer());
        return referer.or(() -> page(client.origin()))
                .flatMap(this::matching)
                .or(() -> referer.isPresent() ? last : first);
    }

    private static Optional<WebOrigin> page(Optional<String> url) {
        return url.flatMap(WebOrigin::of).filter(WebOrigin::isHttp);
    }

    private Optional<String> matching(WebOrigin page) {
        for (HostPattern candidate : candidates) {
            if (candidate.matches(page)) {
                return Optional.of(isUrl(candidate.text()) ? candidate.text() : page.toString());
            }
        }
        return Optional.empty();
    }

    private static boolean isUrl(String candidate) {
        return URL.matcher(candidate).lookingAt();
    }
}
