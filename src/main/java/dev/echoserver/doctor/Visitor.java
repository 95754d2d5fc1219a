package dev.echoserver.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Comes to a server as a browser does, by its public address, and accepts any certificate: that is judged elsewhere.
 * Blocks.
 *
 * @param base where Socket.IO is: {@code https://app.example.com/socket.io}
 */
record Visitor(HttpClient client, URI base) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    static Visitor at(URI base) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new CertificateRecorder()}, null);
            return new Visitor(
                    HttpClient.newBuilder()
                            .sslContext(context)
                            .connectTimeout(CONNECT)
                            .build(),
                    base);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS: missing (expected: in every Java)", e);
        }
    }

    /** An answer. */
    record Reply(int status, HttpHeaders headers, String body) {
        /** The answer to a handshake, without what it says in its body. */
        static Reply to(WebSocketHandshakeException refused) {
            HttpResponse<?> response = refused.getResponse();
            return new Reply(
                    response.statusCode(), response.headers(), response.body() instanceof String text ? text : "");
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** Asks for {@code query}, as a page of the same site. */
    Reply get(String query) throws IOException {
        return send(request(query).header("Origin", origin()).GET());
    }

    /** Asks for what is at {@code name} below, as a page of the same site. */
    Reply at(String name) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + "/" + name))
                .timeout(ANSWER)
                .header("Origin", origin())
                .GET());
    }

    Reply post(String query, String body) throws IOException {
        return send(request(query)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(base + "/?" + query)).timeout(ANSWER);
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /**
     * Opens a WebSocket for {@code query}.
     *
     * @throws IOException if that fails; {@code WebSocketHandshakeException} if there was an answer
     */
    WebSocket webSocket(String query, WebSocket.Listener listener) throws IOException {
        String address = base.toString().replaceFirst("^http", "ws") + "/?" + query;
        try {
            return client.newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .buildAsync(URI.create(address), listener)
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer to the WebSocket handshake", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The scheme, host and port. */
    String origin() {
        return base.getScheme() + "://" + base.getRawAuthority().replaceFirst("^.*@", "");
    }

    /** The address without a name or password in it. */
    String address() {
        return origin() + base.getRawPath();
    }
}
