package dev.echoserver.doctor;

import dev.echoserver.doctor.Finding.Level;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the server knows a page of the same address for its own. A proxy that asks for another name keeps it from that, and
 * then the page's cookies stay away from Laravel.
 *
 * @param path where Socket.IO is
 * @param authHosts whose pages are known, too: if one has a public name, that is where the pages may be
 */
record HostCheck(Visitor visitor, String path, List<String> authHosts) {
    static final String ID = "proxy.host";
    private static final Pattern BEFORE_HOST = Pattern.compile("^https?://(?:[^/@]*@)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PUBLIC_NAME =
            Pattern.compile(".*\\.(?!(?:test|local|internal)$)[a-z][^.]*", Pattern.CASE_INSENSITIVE);

    Finding look() throws IOException {
        return switch (visitor.at("cookies").body().strip()) {
            case "{\"used\":true}" -> Finding.ok(ID, "The server takes pages of " + visitor.origin() + " for its own");
            case "{\"used\":false}" -> foreign();
            default ->
                Finding.notChecked(ID, "Not checked: whose cookies are used, which the server there does not say");
        };
    }

    private Finding foreign() {
        return new Finding(
                ID,
                arePagesElsewhere() ? Level.WARNING : Level.FAULT,
                "The proxy does not pass on the name that browsers use, so cookies of pages of " + visitor.origin()
                        + " are not used",
                "Laravel does not get them: visitors who are logged in get 401 or 403 for private channels.",
                List.of(
                        "nginx, in \"location " + path + "/\":",
                        "    proxy_set_header Host $host;",
                        "Apache, beside ProxyPass:",
                        "    ProxyPreserveHost On",
                        "or, if the proxy sends X-Forwarded-Host, add its address to \"trustedProxies\";",
                        "or name the pages:",
                        "    \"allowedOrigins\": [\"" + visitor.origin() + "\"]"));
    }

    /** Then nobody may miss the cookies of pages at this address. */
    private boolean arePagesElsewhere() {
        return authHosts.stream()
                .map(url -> BEFORE_HOST.matcher(url).replaceFirst("").replaceFirst("[:/].*", ""))
                .anyMatch(host -> PUBLIC_NAME.matcher(host).matches());
    }
}
