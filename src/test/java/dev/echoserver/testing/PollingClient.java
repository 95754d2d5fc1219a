package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Engine.IO session on polling; every request has a connection of its own. */
public final class PollingClient {
    private static final Pattern SID = Pattern.compile("\"sid\\\\?\":\\\\?\"([^\"\\\\]+)");
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final int port;
    private final String target;
    private final HttpReply handshake;
    private final String sid;

    private PollingClient(int port, String path, HttpReply handshake) {
        Matcher found = SID.matcher(handshake.text());
        if (!found.find()) {
            throw new AssertionError("No session: " + handshake.summary());
        }
        this.port = port;
        this.handshake = handshake;
        this.sid = found.group(1);
        this.target = path + "&sid=" + sid;
    }

    /** Opens a session at {@code path}, such as {@code /engine.io/?EIO=4}. */
    public static PollingClient open(int port, String path) throws IOException {
        String target = path + "&transport=polling";
        return new PollingClient(port, target, exchange(port, RawConnection.request("GET", target)));
    }

    /** Sends one request on a connection of its own and waits for the response. */
    public static HttpReply exchange(int port, String request) throws IOException {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.write(request).reply();
        }
    }

    /** The session's id. */
    public String sid() {
        return sid;
    }

    /** The response that opened the session. */
    public HttpReply handshake() {
        return handshake;
    }

    /** The target of this session's requests. */
    public String target() {
        return target;
    }

    /** Polls and waits for the answer. */
    public HttpReply poll() throws IOException {
        try (RawConnection poll = beginPoll()) {
            return poll.reply();
        }
    }

    /** Polls; the answer is read later from the connection. */
    public RawConnection beginPoll() throws IOException {
        return RawConnection.to(port).write(RawConnection.request("GET", target));
    }

    /** Sends a payload and waits for the answer. */
    public HttpReply post(String body) throws IOException {
        return post(TEXT, body.getBytes(UTF_8));
    }

    /** Sends a payload and waits for the answer. */
    public HttpReply post(String contentType, byte[] body) throws IOException {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                    .write(RawConnection.postHead(target, contentType, body.length))
                    .write(body)
                    .reply();
        }
    }
}
