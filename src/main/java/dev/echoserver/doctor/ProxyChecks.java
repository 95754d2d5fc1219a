package dev.echoserver.doctor;

import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.SocketIoConfig;
import dev.echoserver.config.SocketIoConfig.Transport;
import dev.echoserver.doctor.Visitor.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole way of a browser, through whatever stands before the server: each transport, and the change between them. */
public final class ProxyChecks {
    private static final String POLLING = "proxy.polling";
    private static final String SESSION = "proxy.session";
    private static final String WEBSOCKET = "proxy.websocket";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String STAYS = "Browsers stay on long polling, which is slower and costs more; pages that want"
            + " WebSocket alone cannot connect.";

    private final URI url;
    private final Visitor visitor;
    private final ProxyLines.Place place;
    private final SocketIoConfig config;
    private final ServerConfig server;
    private final Clock clock;
    private final Duration quiet;

    /**
     * Through {@code url}.
     *
     * @param url where Socket.IO is: {@code https://app.example.com/socket.io}
     * @param quiet for how long to try a quiet WebSocket; zero for not at all
     */
    public ProxyChecks(URI url, ServerConfig config, Clock clock, Duration quiet) {
        this.url = url;
        this.visitor = Visitor.at(url);
        this.place = new ProxyLines.Place(config.socketio().path(), config.port());
        this.config = config.socketio();
        this.server = config;
        this.clock = clock;
        this.quiet = quiet;
    }

    /** All of them. */
    public Section section() {
        List<Check> checks = new ArrayList<>();
        if ("https".equals(url.getScheme())) {
            checks.add(Check.of("proxy.tls", "the certificate", () -> List.of(new SiteCertificate(url, clock).look())));
        }
        boolean polls = config.transports().contains(Transport.POLLING);
        if (polls) {
            checks.add(check(POLLING, "the way to the server", this::open));
            checks.add(check(SESSION, "long polling", this::poll).after(POLLING));
            checks.add(check("proxy.version-2", "clients of version 2", this::openAsVersion2)
                    .after(POLLING));
        }
        if (server.allowedOrigins().isEmpty()) {
            HostCheck host = new HostCheck(visitor, config.path(), server.authHosts());
            Check check = check(HostCheck.ID, "whose cookies are used", host::look);
            checks.add(polls ? check.after(POLLING) : check);
        }
        if (config.transports().contains(Transport.WEBSOCKET)) {
            checks.add(polls ? webSocket().after(POLLING) : webSocket());
            if (polls && config.allowUpgrades()) {
                checks.add(check("proxy.upgrade", "the change from polling to WebSocket", this::upgrade)
                        .after(WEBSOCKET));
            }
            if (!quiet.isZero()) {
                checks.add(quietly().after(WEBSOCKET));
            }
        }
        return new Section("The way of browsers: " + visitor.address(), checks);
    }

    private Check webSocket() {
        return check(WEBSOCKET, "WebSocket", this::connect);
    }

    private Check quietly() {
        return check(QuietCheck.ID, "a quiet WebSocket", new QuietCheck(visitor, quiet, this::lines)::look)
                .announcing("Keeping a WebSocket quiet, for " + quiet.toSeconds() + " s at most …");
    }

    /** What the proxy needs that answers now. */
    private ProxyLines lines() {
        try {
            return ProxyLines.of(visitor.get(""), place);
        } catch (IOException e) {
            return OtherProxyLines.named("", place);
        }
    }

    private ProxyLines lines(Reply reply) {
        return ProxyLines.of(reply, place);
    }

    /** A look that may fail for the network's reasons. */
    private interface Attempt {
        Finding run() throws IOException;
    }

    private Check check(String id, String subject, Attempt attempt) {
        return Check.of(id, subject, () -> {
            try {
                return List.of(attempt.run());
            } catch (IOException | UnresolvedAddressException e) {
                return List.of(unreachable(id, e));
            }
        });
    }

    private Finding unreachable(String id, Exception failure) {
        boolean isUnknown = failure instanceof UnresolvedAddressException
                || failure.getCause() instanceof UnresolvedAddressException;
        if (isUnknown) {
            return Finding.fault(
                    "proxy.unknown-host",
                    url.getHost() + " has no address",
                    "No browser can connect.",
                    "correct the name in --url, or make an A record for it in the DNS");
        }
        String reason = Optional.ofNullable(failure.getMessage())
                .orElse(
                        failure instanceof ConnectException
                                ? "Connection refused"
                                : failure.getClass().getSimpleName());
        return Finding.fault(
                failure instanceof ConnectException ? "proxy.unreachable" : id,
                visitor.origin() + ": " + reason,
                "No browser can connect this way.",
                "see whether the web server runs (systemctl status nginx, or the like) and the firewall lets the port through");
    }

    private Finding open() throws IOException {
        Reply reply = visitor.get(PollingSession.OPENING);
        Optional<PollingSession> session = PollingSession.of(visitor, reply);
        session.ifPresent(PollingSession::close);
        if (session.isEmpty()) {
            return new OpeningAnswer(visitor, lines(reply)).of(reply);
        }
        int origins = reply.headers().allValues("Access-Control-Allow-Origin").size();
        return origins > 1
                ? Finding.fault(
                        "proxy.cors",
                        "Access-Control-Allow-Origin comes " + origins + " times",
                        "Browsers refuse an answer with two of them, if the page is of another site.",
                        "take it out of the proxy, since echo-server sends it itself:",
                        "    add_header Access-Control-Allow-Origin … (nginx), Header set … (Apache)")
                : Finding.ok(POLLING, "The proxy leads to echo-server");
    }

    private Finding poll() throws IOException {
        Optional<PollingSession> opened = PollingSession.of(visitor, visitor.get(PollingSession.OPENING));
        if (opened.isEmpty()) {
            return notEachTime(SESSION);
        }
        try (PollingSession session = opened.get()) {
            Reply sent = session.send("40");
            Reply polled = sent.status() == 200 ? session.poll() : sent;
            return polled.status() == 200 && polled.body().contains("40")
                    ? Finding.ok(SESSION, "Long polling works, both ways")
                    : broken(polled);
        }
    }

    private static Finding notEachTime(String id) {
        return Finding.fault(
                id,
                "The proxy leads to echo-server, but not each time",
                "Some browsers cannot connect.",
                "look whether each server behind the proxy is an echo-server that runs");
    }

    private Finding broken(Reply reply) {
        return reply.body().contains("Session ID unknown")
                ? Finding.fault(
                        "proxy.sticky",
                        "The requests of one browser reach different servers (Session ID unknown)",
                        "Long polling needs all of them at the same one.",
                        with(lines(reply).sameServer(), "or in the pages, for Echo: transports: ['websocket']"))
                : Finding.fault(
                        SESSION,
                        "A session opens, but a request of it is answered with " + reply.status(),
                        "Browsers cannot stay connected by long polling.",
                        "let the proxy pass GET and POST, with a body and a query, as they are");
    }

    private Finding openAsVersion2() throws IOException {
        Reply reply = visitor.get(PollingSession.OPENING_3);
        Optional<PollingSession> session = PollingSession.of(visitor, reply);
        session.ifPresent(PollingSession::close);
        return session.isPresent()
                ? Finding.ok("proxy.version-2", "Clients of version 2 can connect, too")
                : Finding.warning(
                        "proxy.version-2",
                        "Clients of version 2 get status " + reply.status(),
                        "Pages with socket.io-client 2 cannot connect.",
                        "look into the log of the proxy and of the server");
    }

    private Finding connect() throws IOException {
        Conversation conversation = new Conversation();
        try {
            WebSocket socket = visitor.webSocket("EIO=4&transport=websocket", conversation);
            boolean isOpen = conversation.hears("0{", PATIENCE);
            socket.abort();
            return isOpen ? Finding.ok(WEBSOCKET, "WebSocket works") : silent();
        } catch (WebSocketHandshakeException refused) {
            return refused(Reply.to(refused));
        }
    }

    private static Finding silent() {
        return Finding.fault(
                WEBSOCKET,
                "A WebSocket opens, but nothing comes through it",
                STAYS,
                "let the proxy pass the bytes of a WebSocket at once (no buffering, no scanner for viruses)");
    }

    private Finding refused(Reply reply) {
        return Finding.fault(
                WEBSOCKET,
                "The proxy does not pass on WebSocket (status " + reply.status() + ")",
                STAYS,
                lines(reply).webSocket());
    }

    private static String[] with(String[] cure, String more) {
        return Stream.concat(Stream.of(cure), Stream.of(more)).toArray(String[]::new);
    }

    private Finding upgrade() throws IOException {
        Optional<PollingSession> opened = PollingSession.of(visitor, visitor.get(PollingSession.OPENING));
        if (opened.isEmpty()) {
            return notEachTime("proxy.upgrade");
        }
        Conversation conversation = new Conversation();
        try (PollingSession session = opened.get()) {
            WebSocket socket = visitor.webSocket(session.query() + "&transport=websocket", conversation);
            socket.sendText("2probe", true).join();
            boolean isHeard = conversation.hears("3probe", PATIENCE);
            socket.abort();
            return isHeard ? Finding.ok("proxy.upgrade", "A session can change from polling to WebSocket") : silent();
        } catch (WebSocketHandshakeException refused) {
            return Finding.fault(
                    "proxy.upgrade",
                    "A session cannot change to WebSocket (status "
                            + refused.getResponse().statusCode() + ")",
                    STAYS,
                    with(lines(Reply.to(refused)).sameServer(), "so that it leads both to the same server"));
        }
    }
}
