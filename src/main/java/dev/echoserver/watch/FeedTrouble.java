package dev.echoserver.watch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** Why there is no feed, and what to do about it. */
final class FeedTrouble {
    private static final int NOT_FOUND = 404;

    private FeedTrouble() {}

    static FeedException of(URI address, IOException failure) {
        if (failure instanceof ConnectException && !(failure instanceof java.net.http.HttpConnectTimeoutException)) {
            return new FeedException(
                    "No server answers at " + site(address) + ".\n"
                            + "Is it running on this machine? Its log names its management port (\"Management port: …\").\n"
                            + "If that is another one, name it: --management http://127.0.0.1:6012",
                    failure);
        }
        if (failure instanceof HttpTimeoutException) {
            return new FeedException(
                    "No answer in time from " + site(address) + ".\n"
                            + "Is there a firewall in between, or does the server's process stand still?",
                    failure);
        }
        return new FeedException(
                "What listens at " + site(address) + " does not answer as a management port does ("
                        + failure.getMessage() + ").\n" + "Name the right port: --management http://127.0.0.1:6012",
                failure);
    }

    static FeedException of(URI address, int status) {
        String who = status == NOT_FOUND
                ? "is another program, the server's main port, or an older version of it"
                : "is not ready, or is another program";
        return new FeedException("What listens at " + site(address) + " " + who + " (" + address.getPath()
                + " was answered with status " + status + ").\n"
                + "The server's log names its management port (\"Management port: …\"). Name it:"
                + " --management http://127.0.0.1:6012");
    }

    private static String site(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
