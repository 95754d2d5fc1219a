package dev.echoserver.auth;

import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code authHost} or {@code allowedOrigins}: {@code .example.com} (what is one label below it),
 * {@code https://app.example.com} or {@code app.example.com:8443}. A port that is not written is the default one.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#hasMatchingHost}.
 *
 * @param origin what {@code text} is, if it is a URL
 * @param host the name in {@code text}, if it is an address with or without a scheme
 */
record HostPattern(String text, Optional<WebOrigin> origin, Optional<String> host) {

    static HostPattern of(String text) {
        Optional<WebOrigin> origin = WebOrigin.of(text);
        return new HostPattern(
                text, origin, origin.or(() -> WebOrigin.of("http://" + text)).map(WebOrigin::host));
    }

    static List<HostPattern> all(List<String> texts) {
        return texts.stream().map(HostPattern::of).toList();
    }

    private boolean isDomain() {
        return text.startsWith(".");
    }

    boolean matches(WebOrigin page) {
        if (isDomain()) {
            return isRightAbove(page.host());
        }
        return origin.isPresent() ? origin.get().equals(page) : text.equalsIgnoreCase(page.hostAndPort());
    }

    /** Whether {@code other} is meant, whatever the scheme and the port. */
    boolean matchesHost(String other) {
        return isDomain()
                ? isRightAbove(other)
                : host.filter(other::equalsIgnoreCase).isPresent();
    }

    private boolean isRightAbove(String other) {
        int dot = other.indexOf('.');
        return dot > 0 && text.equalsIgnoreCase(other.substring(dot));
    }
}
