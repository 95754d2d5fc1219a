package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.chaos.HostileAnswer.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Answers of an application to the question whether somebody may join a channel. */
final class HostileAnswers {
    private static final List<Integer> STATUSES = List.of(
            100, 101, 103, 199, 201, 204, 205, 206, 226, 299, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405,
            407, 408, 413, 419, 421, 429, 431, 499, 500, 502, 503, 504, 599, 600, 999);
    private static final List<String> HEADERS = List.of(
            "Content-Type: text/html",
            "Content-Type: \u00ff;;;charset=nonsense",
            "X-A: " + "x".repeat(4000),
            "X-A: \u00e9\u00ff",
            "Set-Cookie: a=b\r\nSet-Cookie: a=b",
            "Location: http://[bad",
            "Location: /",
            "Location: javascript:1",
            "Retry-After: 99999999999",
            "Alt-Svc: h3=\":443\"",
            "Transfer-Encoding: identity",
            "WWW-Authenticate: Basic realm=\"",
            "Date: never",
            "Keep-Alive: timeout=-1");
    private static final List<String> BODIES = List.of(
            "<!doctype html><title>Login</title>",
            "",
            "true",
            "{}",
            "null",
            "false",
            "0",
            "\"\"",
            "\ufefffalse",
            "-0.0",
            " null ",
            "[]",
            "{\"auth\":\"x\"}");
    private static final byte[] BOMB = gzip(new byte[20 << 20]);
    private static final List<String> NO_HTTP = List.of(
            "",
            "\r\n",
            "\r\n\r\n",
            "HTTP/1.1",
            "HTTP/1.1 \r\n\r\n",
            "HTTP/1.1 2OO OK\r\n\r\n",
            "HTTP/9.9 200 OK\r\n\r\ntrue",
            "true",
            "<html>",
            "SSH-2.0-x\r\n",
            "HTTP/1.1 -200 OK\r\n\r\n",
            "HTTP/1.1 99999999999 OK\r\n\r\n",
            "\u0016\u0003\u0001\0\0",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ntrue",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\ntrue\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\ntrue\r\n0\r\n\r\n");

    private final Dice dice;
    private final boolean isPresence;

    /** Of those, {@code dice} decides. */
    HostileAnswers(Dice dice, boolean isPresence) {
        this.dice = dice;
        this.isPresence = isPresence;
    }

    /** One that comes at once. */
    HostileAnswer quick() {
        return switch (dice.below(8)) {
            case 0 -> HostileAnswer.of(dice.one(NO_HTTP), Ending.CLOSED, false);
            case 1, 2 -> refusing();
            case 3 -> HostileAnswer.of(head(200, "Content-Length: 9000") + "true", Ending.CLOSED, false);
            case 4 -> dice.below(40) == 0 ? large() : granting("true");
            case 5 -> granting("{\"channel_data\":" + HostileJson.any(dice) + "}");
            case 6 ->
                granting(HostileJson.object(
                        dice,
                        List.of(
                                "\"auth\":\"k:s\"",
                                "\"channel_data\":{\"user_id\":1,\"user_info\":" + HostileJson.any(dice) + "}")));
            default -> granting(dice.one(BODIES));
        };
    }

    /** One that needs all the time that the server has for it, and is not done then. */
    HostileAnswer slow() {
        String okay = head(200, "Content-Length: 400");
        return switch (dice.below(6)) {
            case 0 -> HostileAnswer.of("", Ending.SILENT, false);
            case 1 -> HostileAnswer.of("HTTP/1.1 200 OK\r\n", Ending.SILENT, false);
            case 2 -> HostileAnswer.of(okay + "true", Ending.SILENT, false);
            case 3 -> HostileAnswer.of(okay + " ".repeat(396) + "true", Ending.DRIPPING, false);
            case 4 -> HostileAnswer.of("HTTP/1.1 100 Continue\r\n\r\n", Ending.ENDLESS, false);
            default -> HostileAnswer.of(head(200, "Transfer-Encoding: chunked") + "1\r\n", Ending.SILENT, false);
        };
    }

    /** A status that grants nothing. */
    private HostileAnswer refusing() {
        int status = dice.one(STATUSES);
        boolean bodyless = status < 200 || status == 204 || status == 304;
        String body = bodyless
                ? ""
                : dice.one(List.of(
                        "true", "", "{\"channel_data\":{\"user_id\":1}}", "<html>" + "x".repeat(dice.below(3000))));
        return HostileAnswer.of(
                head(status, "Content-Length: " + body.length()) + body,
                status < 200 ? Ending.CLOSED : Ending.KEPT,
                false);
    }

    /** Status 200 with {@code body}, which lets a client in if there is what his channel needs. */
    private HostileAnswer granting(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        boolean chunked = dice.hits(20) && bytes.length > 0;
        String content = new String(bytes, ISO_8859_1);
        String text = chunked
                ? head(200, "Transfer-Encoding: chunked") + Integer.toHexString(bytes.length) + "\r\n" + content
                        + "\r\n0\r\n\r\n"
                : head(200, "Content-Length: " + bytes.length) + content;
        String interim = dice.hits(5) ? "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" : "";
        return HostileAnswer.of(interim + text, Ending.KEPT, mayGrant(body));
    }

    /** What the contract has to say about a body: nothing that is false grants, and members are made of objects. */
    private boolean mayGrant(String body) {
        String json = body.replace("\ufeff", "").strip();
        boolean isNegative =
                List.of("null", "false", "0", "-0", "-0.0", "1e-400", "\"\"").contains(json);
        return !isNegative && (!isPresence || body.contains("user_id"));
    }

    private HostileAnswer large() {
        return switch (dice.below(4)) {
            case 0 ->
                new HostileAnswer(
                        joined(head(200, "Content-Encoding: gzip\r\nContent-Length: " + BOMB.length), BOMB),
                        Ending.KEPT,
                        false);
            case 1 ->
                HostileAnswer.of(
                        head(200, "Content-Length: " + (10 << 20)) + "x".repeat(10 << 20), Ending.CLOSED, false);
            case 2 -> HostileAnswer.of(head(200, "X-Big: " + "x".repeat(10 << 20)), Ending.CLOSED, false);
            default -> HostileAnswer.of(head(200, "Connection: close") + " ".repeat(8 << 10), Ending.ENDLESS, false);
        };
    }

    private String head(int status, String framing) {
        String odd = dice.hits(40) ? dice.one(HEADERS) + "\r\n" : "";
        boolean redirects = status / 100 == 3;
        return "HTTP/1.1 " + status + " " + dice.one(List.of("OK", "", "\u00e9\u001b[2J")) + "\r\n" + odd
                + (redirects
                        ? "Location: " + dice.one(List.of("/broadcasting/auth", "http://127.0.0.1:1/", "//", "data:,x"))
                                + "\r\n"
                        : "")
                + framing + "\r\n\r\n";
    }

    private static byte[] joined(String latin1, byte[] more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(latin1.getBytes(ISO_8859_1));
        all.writeBytes(more);
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
