package dev.echoserver.doctor;

/** Those of Apache's HTTP server. */
record ApacheLines(Place place) implements ProxyLines {
    private static final String RELOAD = ", then: apachectl configtest && systemctl reload apache2";

    @Override
    public String name() {
        return "Apache";
    }

    private String proxyPass() {
        return "ProxyPass " + place.path() + "/ http://127.0.0.1:" + place.port() + place.path()
                + "/ upgrade=websocket retry=0 timeout=90\n";
    }

    @Override
    public String[] way() {
        return ProxyLines.cure(
                "a2enmod proxy proxy_http headers; write into the VirtualHost, before any other ProxyPass" + RELOAD,
                "ProxyPreserveHost On\nRequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}\n" + proxyPass());
    }

    @Override
    public String[] target() {
        return ProxyLines.cure("start the server, and let Apache lead to its port:", proxyPass());
    }

    @Override
    public String[] webSocket() {
        return ProxyLines.cure("Apache 2.4.47 and newer, in the VirtualHost" + RELOAD, proxyPass());
    }

    @Override
    public String[] sameServer() {
        return ProxyLines.cure(
                "Apache cannot tell by its address where a browser belongs. Let it lead to one server only, put HAProxy, nginx"
                        + " or Caddy in front,",
                "");
    }

    @Override
    public String[] patience() {
        return ProxyLines.cure(
                "of timeout in ProxyPass (or ProxyTimeout) and Timeout the longer one counts. In the VirtualHost"
                        + RELOAD,
                proxyPass());
    }
}
