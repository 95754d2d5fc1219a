package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Requests: odd ones in sound HTTP, and HTTP that is not sound. */
record HostileHttp(Dice dice) {
    private static final List<String> METHODS = List.of(
            "GET",
            "GET",
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "PATCH",
            "TRACE",
            "CONNECT",
            "get",
            "X",
            "G".repeat(500));

    private static final List<String> TARGETS = List.of(
            "/",
            "/socket.io/?EIO=4&transport=polling",
            "/socket.io/?EIO=3&transport=polling&b64=1",
            "/socket.io/?EIO=3&transport=polling&j=0",
            "/socket.io/?EIO=3&transport=polling&j=%3Cscript%3E",
            "/socket.io/?EIO=4&transport=websocket",
            "/socket.io/?EIO=5&transport=polling",
            "/socket.io/?EIO=&EIO=4&transport=polling&transport=x",
            "/socket.io/?EIO=4&transport=polling&sid=",
            "/socket.io/?EIO=4&transport=polling&sid=%00",
            "/socket.io/?EIO=4&transport=polling&sid=" + "A".repeat(2000),
            "/socket.io/?EIO=4&transport=__proto__&sid=__proto__",
            "/socket.io",
            "/socket.io/socket.io.js",
            "/socket.io/socket.io.js?v=%zz",
            "/socket.io/../../etc/passwd",
            "/socket.io/%2e%2e/%2e%2e/etc/passwd",
            "/socket.io/socket.io.js.map%00.html",
            "/apps/les/status",
            "/apps/les/events",
            "/apps/%zz/events",
            "/apps/les/channels/%ff%fe/users",
            "/apps/les/channels?filter_by_prefix=%",
            "/apps/3/channels?auth_key=public&auth_signature=%",
            "/apps//events",
            "/apps/les/channels/" + "a/".repeat(300),
            "//",
            "/?",
            "/%",
            "/\u00e9\u00ff",
            "*",
            "?",
            "http://other.test/socket.io/?EIO=4&transport=polling",
            "http://[bad/",
            "/" + "x".repeat(3500),
            "/a%0d%0aX-Evil:%201",
            "/favicon.ico#?&=");

    private static final List<String> HEADERS = List.of(
            "Origin: http://[bad",
            "Origin: null",
            "Origin: http://evil.test\r\nOrigin: http://good.test",
            "Referer: http://[bad",
            "Referer: \u00ff\u00fe",
            "Cookie: io=x; io=y; =; ;; laravel_session=" + "%".repeat(2000),
            "Cookie: " + "a=b; ".repeat(500),
            "X-Forwarded-For: 1.2.3.4, , unknown, ::::, " + "9".repeat(300),
            "X-Forwarded-Proto: javascript",
            "Authorization: Bearer",
            "Authorization: Basic \u00ff",
            "Authorization: Bearer secret\r\nAuthorization: Bearer x",
            "Accept-Encoding: gzip;q=-1, *;q=nan, deflate;;;",
            "If-None-Match: \"2.5.0\", W/\"" + "x".repeat(500),
            "Range: bytes=-99999999999999999999",
            "Content-Type: text/plain; charset=nonsense",
            "Content-Type: application/octet-stream",
            "Content-Length: 0",
            "Access-Control-Request-Headers: " + "x,".repeat(300),
            "Host: a\r\nHost: b",
            "Host: ",
            "User-Agent: ${jndi:ldap://x} %s%n{}\u001b[2J",
            "Upgrade: websocket",
            "Connection: keep-alive, Upgrade, X-Forwarded-For",
            "Sec-WebSocket-Key: short",
            "Sec-WebSocket-Version: 99999999999999999999",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999999999",
            "Transfer-Encoding: identity",
            "TE: trailers, deflate;q=0.5",
            "Trailer: Content-Length",
            "Max-Forwards: -1",
            "__proto__: x");

    /** What is no HTTP, or means something else to each who reads it. */
    private static final List<String> BROKEN = List.of(
            "GET / HTTP/1.1\nHost: x\n\n",
            "GET /\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "GET  /  HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\n: empty\r\n\r\n",
            "GET / HTTP/1.1\r\nA : b\r\n\r\n",
            "GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nA\0: b\0\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(2000) + "\r\n",
            "GET / HTTP/1.1\r\nA: " + "b".repeat(20_000) + "\r\n\r\n",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n",
            "POST /apps/les/events HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nabcde",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\nx",
            "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nx",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + "1;" + "e".repeat(20_000),
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "T: t\r\n".repeat(3000) + "\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "POST /apps/les/events HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 900000\r\n\r\n",
            "POST / HTTP/1.1\r\nExpect: 200-maybe\r\nContent-Length: 1\r\n\r\nx",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "x".repeat(60),
            "\u0004\u0001\0P\u007f\0\0\1\0",
            "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
            "*1\r\n$8\r\nFLUSHALL\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\nConnection: Upgrade\r\n\r\n",
            "\r\n\r\n\r\n\r\n",
            "\0\0\0\0\0\0\0\0");

    /** The next one. */
    Input next() {
        if (dice.hits(75)) {
            return Input.harmless(sound(dice.below(4)));
        }
        if (dice.hits(30)) {
            return Input.fatal(dice.one(BROKEN));
        }
        return dice.hits(20)
                ? Input.fatal(webSocket())
                : new Input(new Damage(dice).of(sound(1 + dice.below(3)).getBytes(ISO_8859_1)), true);
    }

    /** In sound HTTP; its body, if any, is as long as it says. */
    private String sound(int oddHeaders) {
        List<String> headers = new ArrayList<>(IntStream.range(0, oddHeaders)
                .mapToObj(i -> dice.one(HEADERS))
                .filter(HostileHttp::leavesFramingAlone)
                .toList());
        String body = "";
        String method = dice.one(METHODS);
        if (dice.hits(25)) {
            method = "POST";
            body = new String(dice.bytes(dice.below(200)), ISO_8859_1);
            boolean isChunked = dice.hits(30) && !body.isEmpty();
            headers.removeIf(header -> header.startsWith("Content-Length"));
            headers.add(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
            body = isChunked ? chunked(body) : body;
        }
        String lines = headers.isEmpty() ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + dice.one(TARGETS) + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n" + body;
    }

    private static boolean leavesFramingAlone(String header) {
        return !header.startsWith("Transfer-Encoding") && !header.startsWith("Upgrade");
    }

    private static String chunked(String body) {
        int half = body.length() / 2;
        String first = half == 0 ? "" : Integer.toHexString(half) + ";ext=\"1\"\r\n" + body.substring(0, half) + "\r\n";
        String second = Integer.toHexString(body.length() - half) + "\r\n" + body.substring(half) + "\r\n";
        return first + second + "0\r\nX-Trailer: t\r\n\r\n";
    }

    /** A handshake with an odd header, and what is no frame behind it. */
    private String webSocket() {
        return "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + dice.one(HEADERS) + "\r\n\r\n" + new String(dice.bytes(dice.below(40)), ISO_8859_1);
    }
}
