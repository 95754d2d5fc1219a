package dev.echoserver.laravel;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Credentials;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.Check;
import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Section;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Whether the application can be asked who may join. It is asked as the server asks it, by somebody who shows nothing
 * about himself, for a channel that no application has: so the right answer is a refusal.
 */
public final class AuthChecks implements AutoCloseable {
    static final Channel CHANNEL = Channel.of("private-echo-server-doctor");

    private final ServerConfig config;
    private final Clock clock;
    private final SocketId socket;
    private final AuthRequests requests;
    private Optional<OkHttpClient> client = Optional.empty();

    /**
     * Connects nothing yet.
     *
     * @param clock of this machine, compared with the application's
     * @param socket one that does not exist
     */
    public AuthChecks(ServerConfig config, Clock clock, SocketId socket) {
        this.config = config;
        this.clock = clock;
        this.socket = socket;
        this.requests = new AuthRequests(config);
    }

    /** One check for each auth host. Each blocks for {@code limits.authTimeoutSeconds} at most, and for TLS again. */
    public Section section() {
        List<Check> checks = config.authHosts().stream()
                .map(host -> Check.of(AuthFindings.ID, "the auth host", () -> ask(host)))
                .toList();
        return new Section("The application, which is asked who may join", checks);
    }

    private List<Finding> ask(String host) {
        Optional<HttpUrl> url = requests.urlAt(host);
        if (url.isEmpty()) {
            return List.of(Finding.notChecked(
                    AuthFindings.ID, "Not checked: \"" + host + "\" stands for the hosts of many pages"));
        }
        try {
            return ask(url.get());
        } catch (AuthTlsException e) {
            return List.of(AuthFindings.unreadable(e));
        }
    }

    private List<Finding> ask(HttpUrl url) {
        AuthFindings findings = new AuthFindings(url, config.authTls(), Exchange.Rules.of(config), clock);
        try (Response response = client().newCall(question(url)).execute()) {
            List<Finding> all = new ArrayList<>(List.of(findings.answered(response)));
            findings.clock(response).ifPresent(all::add);
            return all;
        } catch (IOException e) {
            return List.of(findings.notAnswered(e));
        }
    }

    private OkHttpClient client() {
        OkHttpClient made = client.orElseGet(() -> AuthClient.of(config));
        client = Optional.of(made);
        return made;
    }

    private Request question(HttpUrl url) {
        Credentials nobody = new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1",
                url.scheme(),
                Map.of());
        return requests.of(new AuthQuestion(CHANNEL, socket, nobody), url, false);
    }

    @Override
    public void close() {
        client.ifPresent(open -> {
            open.dispatcher().executorService().shutdown();
            open.connectionPool().evictAll();
        });
    }
}
