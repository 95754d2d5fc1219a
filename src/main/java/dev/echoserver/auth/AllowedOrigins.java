package dev.echoserver.auth;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether the cookies that came with a client may be shown to Laravel. A browser sends them with whatever page
 * opens the connection; a foreign page must not open channels with its visitors' cookies.
 *
 * <p>A request that names no page is none of a foreign page: browsers name it in every cross-origin request that can
 * read the answer. It comes from a program, or from the server's own pages.
 */
public final class AllowedOrigins {
    private final boolean all;
    private final List<HostPattern> entries;
    private final List<HostPattern> authHosts;

    /**
     * Allows these.
     *
     * @param entries {@code "*"}, or origins like {@code https://app.example.com} or {@code .example.com}; if empty, pages
     *     on the host name of the request itself or on that of a candidate of {@code authHosts} are allowed
     * @param authHosts the candidates for the host that is asked
     */
    public AllowedOrigins(List<String> entries, List<String> authHosts) {
        this.all = entries.contains("*");
        this.entries = HostPattern.all(entries);
        this.authHosts = HostPattern.all(authHosts);
    }

    /** Whether the cookies of {@code client} may be used. */
    public boolean allow(Credentials client) {
        Optional<String> named = client.origin().isPresent() ? client.origin() : client.referer();
        return all || named.isEmpty() || allow(named.get(), client);
    }

    private boolean allow(String named, Credentials client) {
        Optional<WebOrigin> page = WebOrigin.of(named);
        return entries.isEmpty() ? page.filter(known -> isOwn(known, client)).isPresent() : isListed(named, page);
    }

    private boolean isListed(String named, Optional<WebOrigin> page) {
        return entries.stream()
                .anyMatch(entry -> entry.text().equalsIgnoreCase(named)
                        || page.filter(entry::matches).isPresent());
    }

    private boolean isOwn(WebOrigin page, Credentials client) {
        Optional<WebOrigin> own = client.host().flatMap(host -> WebOrigin.of("http://" + host));
        return own.filter(server -> server.host().equals(page.host())).isPresent()
                || authHosts.stream().anyMatch(host -> host.matchesHost(page.host()));
    }
}
