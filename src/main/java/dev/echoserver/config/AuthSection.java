package dev.echoserver.config;

import java.util.List;

/** Reads what laravel-echo-server does not have: {@code authTls}, {@code allowedOrigins} and {@code authAnswers}. */
final class AuthSection {
    private AuthSection() {}

    static AuthTlsConfig tls(Section section, Findings findings) {
        AuthTlsConfig tls = new AuthTlsConfig(section.text("ca"), section.flag("verify", true));
        if (!tls.verify()) {
            findings.notice(
                    section.pathOf("verify"),
                    "is false, so whoever stands between this server and Laravel can read cookies and open channels",
                    "Remove it, and name the certificate of the auth host in authTls.ca");
        }
        section.close();
        return tls;
    }

    static AuthAnswers answers(Section root, boolean isStrict) {
        return root.choice("authAnswers", isStrict ? AuthAnswers.ANY : AuthAnswers.LARAVEL);
    }

    static List<String> allowedOrigins(Section root, Findings findings) {
        List<String> origins = root.texts("allowedOrigins");
        if (origins.contains("*")) {
            findings.notice(
                    root.pathOf("allowedOrigins"),
                    "holds \"*\", so any page on the web can open channels with its visitors' cookies",
                    "Write the origins of your own pages, such as [\"https://app.example.com\"]");
        }
        return origins;
    }
}
