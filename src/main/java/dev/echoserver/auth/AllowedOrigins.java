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
        return allow(pageOf(client), client.host());
    }

    private static Optional<String> pageOf(Credentials client) {
        return client.origin().isPresent() ? client.origin() : client.referer();
    }

    /** Whether cookies may be used that came with a page at {@code page}, a URL, to the server at {@code host}. */
    public boolean allow(Optional<String> page, Optional<String> host) {
        return all || page.isEmpty() || allow(page.get(), host);
    }

    private boolean allow(String named, Optional<String> host) {
        Optional<WebOrigin> page = WebOrigin.of(named);
        return entries.isEmpty() ? page.filter(known -> isOwn(known, host)).isPresent() : isListed(named, page);
    }

    /** Why the cookies of {@code client} may not be used, for the log: whose they are, and what they were judged by. */
    public String objectionTo(Credentials client) {
        String page =
                pageOf(client).flatMap(WebOrigin::of).map(WebOrigin::toString).orElse("an unknown page");
        return "cookies of " + page + " were not used: " + judgedBy(client);
    }

    private String judgedBy(Credentials client) {
        if (!entries.isEmpty()) {
            return "it is not in allowedOrigins";
        }
        String said = client.isBehindProxy() ? "the proxy says Host " : "the browser came to Host ";
        return client.host().map(said::concat).orElse("the request has no Host");
    }

    private boolean isListed(String named, Optional<WebOrigin> page) {
        return entries.stream()
                .anyMatch(entry -> entry.text().equalsIgnoreCase(named)
                        || page.filter(entry::matches).isPresent());
    }

    private boolean isOwn(WebOrigin page, Optional<String> host) {
        Optional<WebOrigin> own = host.flatMap(name -> WebOrigin.of("http://" + name));
        return own.filter(server -> server.host().equals(page.host())).isPresent()
                || authHosts.stream().anyMatch(known -> known.matchesHost(page.host()));
    }
}
