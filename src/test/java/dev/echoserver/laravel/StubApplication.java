package dev.echoserver.laravel;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Stands in for Laravel on a free port of the loopback interface. */
final class StubApplication implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MockWebServer server = new MockWebServer();

    private StubApplication(Function<RecordedRequest, MockResponse> answers) {
        server.setServerSocketFactory(new PromptSockets());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.apply(request);
            }
        });
    }

    static StubApplication answering(Function<RecordedRequest, MockResponse> answers) {
        return new StubApplication(answers).start();
    }

    static StubApplication answering(MockResponse answer) {
        return answering(request -> answer);
    }

    static StubApplication overTls(HeldCertificate certificate, MockResponse answer) {
        StubApplication application = new StubApplication(request -> answer);
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        application.server.useHttps(tls.sslSocketFactory());
        return application.start();
    }

    private StubApplication start() {
        try {
            server.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MockResponse answer(int status, String body) {
        return new MockResponse(status, Headers.of("Content-Type", "text/html; charset=UTF-8"), body);
    }

    String url() {
        return "http://localhost:" + server.getPort();
    }

    String tlsUrl() {
        return "https://localhost:" + server.getPort();
    }

    int requests() {
        return server.getRequestCount();
    }

    RecordedRequest next() {
        try {
            RecordedRequest request = server.takeRequest(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** An authorizer for this application; {@code more} is JSON that begins with a comma, or nothing. */
    LaravelAuthorizer authorizer(String more) {
        return authorizer(url(), more);
    }

    static LaravelAuthorizer authorizer(String host, String more) {
        return new LaravelAuthorizer(ServerConfig.of("{\"authHost\":\"" + host + "\"" + more + "}"), System::nanoTime);
    }

    /** Asks and waits for the answer. */
    static Authorization answerTo(AuthQuestion question, LaravelAuthorizer authorizer) {
        return authorizer
                .authorize(question)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
