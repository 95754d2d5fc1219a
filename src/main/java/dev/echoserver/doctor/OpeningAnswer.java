package dev.echoserver.doctor;

import dev.echoserver.doctor.Visitor.Reply;
import java.util.regex.Pattern;

/** What stands between a browser and the server, by the answer to the first request of a session. */
record OpeningAnswer(Visitor visitor, ProxyLines lines) {
    private static final String WHY = "No browser can connect.";
    private static final Pattern OF_ENGINE_IO_3 = Pattern.compile("^\\d+:0\\{");

    Finding of(Reply reply) {
        if (OF_ENGINE_IO_3.matcher(reply.body()).find()) {
            return Finding.fault(
                    "proxy.other-server",
                    "An older server answers at " + visitor.address() + ", such as laravel-echo-server",
                    "Browsers still connect to the old server, so they do not get what this one sends.",
                    "stop it: laravel-echo-server stop (or in supervisor, pm2, systemd)");
        }
        return switch (reply.status()) {
            case 200, 404 -> otherPath(reply);
            case 301, 302, 307, 308 -> redirect(reply);
            case 502, 503, 504 -> unreachable(reply);
            case 403 -> forbidden(reply);
            default -> other(reply);
        };
    }

    private Finding otherPath(Reply reply) {
        String got = reply.status() == 404 ? "answers 404" : "gives something else, probably a page of the application";
        return Finding.fault(
                "proxy.path",
                visitor.address() + " " + got,
                "The proxy does not lead to echo-server. " + WHY,
                lines.way());
    }

    private Finding redirect(Reply reply) {
        String to = reply.header("Location").replaceFirst("\\?.*", "");
        return Finding.fault(
                "proxy.redirect",
                visitor.address() + " redirects to " + to + " (status " + reply.status() + ")",
                "Browsers do not follow a redirect of a WebSocket.",
                "write that address into Echo's \"host\", and try it: --url " + to.replaceFirst("/+$", ""));
    }

    private Finding unreachable(Reply reply) {
        if (isOfServer(reply)) {
            return other(reply);
        }
        return Finding.fault(
                "proxy.upstream",
                "The proxy at " + visitor.origin() + " does not reach echo-server (status " + reply.status() + ")",
                WHY,
                lines.target());
    }

    private Finding forbidden(Reply reply) {
        return isOfServer(reply)
                ? Finding.fault(
                        "proxy.origin",
                        "echo-server refuses pages of " + visitor.origin(),
                        WHY,
                        "allow them: \"socketio\": { \"origins\": \"" + visitor.origin() + "\" }")
                : other(reply);
    }

    private Finding other(Reply reply) {
        String body = reply.body().strip();
        String said =
                body.isEmpty() || body.startsWith("<") ? "" : ": " + body.substring(0, Math.min(body.length(), 200));
        return Finding.fault(
                "proxy.status",
                visitor.address() + " answers " + reply.status() + said,
                WHY,
                "look into the log of the proxy and of the server");
    }

    /** Its errors are {@code {"code":int,"message":string}}. */
    private static boolean isOfServer(Reply reply) {
        return reply.body().startsWith("{\"code\":");
    }
}
