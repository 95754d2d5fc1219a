package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session on polling, to which payloads are sent. */
final class PollingLink implements Link {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final HttpLink requests;
    private final String target;

    private PollingLink(HttpLink requests, String target) {
        this.requests = requests;
        this.target = target;
    }

    static PollingLink open(int port, int protocol) throws IOException {
        RawConnection connection = RawConnection.to(port);
        String path = "/socket.io/?EIO=" + protocol + "&transport=polling";
        Matcher sid = SID.matcher(
                connection.write(RawConnection.request("GET", path)).reply().text());
        if (!sid.find()) {
            connection.close();
            throw new IOException("no session");
        }
        PollingLink link = new PollingLink(new HttpLink(connection), path + "&sid=" + sid.group(1));
        if (protocol == 4) {
            connection
                    .write(link.post("", "text/plain", "40".getBytes(ISO_8859_1)))
                    .reply();
        }
        return link;
    }

    /** A request that brings {@code body}; {@code more} is added to the query. */
    byte[] post(String more, String contentType, byte[] body) {
        String head = RawConnection.postHead(target + more, contentType, body.length);
        return (head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    @Override
    public int exchange(List<Input> inputs, Answers answers) throws IOException {
        return requests.exchange(inputs, answers);
    }

    @Override
    public void close() throws IOException {
        requests.close();
    }
}
