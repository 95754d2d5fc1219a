package dev.echoserver.auth;

/**
 * An entry of {@code authHost} or {@code allowedOrigins}: {@code .example.com} (what is one label below it),
 * {@code https://app.example.com} or {@code app.example.com:8443}. A port that is not written is the default one.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#hasMatchingHost}.
 */
record HostPattern(String text) {

    private boolean isDomain() {
        return text.startsWith(".");
    }

    boolean matches(WebOrigin page) {
        return isDomain()
                ? isRightAbove(page.host())
                : WebOrigin.of(text).map(page::equals).orElseGet(() -> text.equalsIgnoreCase(page.hostAndPort()));
    }

    /** Whether {@code host} is meant, whatever the scheme and the port. */
    boolean matchesHost(String host) {
        return isDomain()
                ? isRightAbove(host)
                : WebOrigin.of(text)
                        .or(() -> WebOrigin.of("http://" + text))
                        .map(mine -> mine.host().equalsIgnoreCase(host))
                        .orElse(false);
    }

    private boolean isRightAbove(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && text.equalsIgnoreCase(host.substring(dot));
    }
}
