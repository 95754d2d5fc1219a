package dev.echoserver.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Answers to the questions of {@code init}, given beforehand. */
final class InitOptions {
    @Option(names = "--dev", description = "Development mode: log each join, leave and broadcast.")
    boolean dev;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on.")
    Optional<String> port = Optional.empty();

    @Option(names = "--database", paramLabel = "NAME", description = "Where presence is kept: redis or sqlite.")
    Optional<String> database = Optional.empty();

    @Option(names = "--auth-host", paramLabel = "URL", description = "Where Laravel is, e.g. https://app.example.com.")
    Optional<String> authHost = Optional.empty();

    @Option(names = "--protocol", paramLabel = "NAME", description = "What browsers speak to the port: http or https.")
    Optional<String> protocol = Optional.empty();

    @Option(names = "--ssl-cert", paramLabel = "FILE", description = "Certificate for https.")
    Optional<String> sslCert = Optional.empty();

    @Option(names = "--ssl-key", paramLabel = "FILE", description = "Private key for https.")
    Optional<String> sslKey = Optional.empty();

    @Option(names = "--client", description = "Generate an id and a key for the HTTP API.")
    boolean client;

    @Option(names = "--cors", description = "Let pages of other origins use the HTTP API.")
    boolean cors;

    @Option(names = "--cors-origin", paramLabel = "ORIGIN", description = "With --cors: the allowed origin.")
    Optional<String> corsOrigin = Optional.empty();

    @Option(names = "--cors-methods", paramLabel = "LIST", description = "With --cors: the allowed methods.")
    Optional<String> corsMethods = Optional.empty();

    @Option(names = "--cors-headers", paramLabel = "LIST", description = "With --cors: the allowed headers.")
    Optional<String> corsHeaders = Optional.empty();

    @Option(names = "--redis-host", paramLabel = "HOST", description = "Host of the Redis that Laravel publishes to.")
    Optional<String> redisHost = Optional.empty();

    @Option(names = "--redis-port", paramLabel = "PORT", description = "Its port.")
    Optional<String> redisPort = Optional.empty();

    @Option(names = "--redis-password", paramLabel = "TEXT", description = "Its password.")
    Optional<String> redisPassword = Optional.empty();

    @Option(names = "--key-prefix", paramLabel = "TEXT", description = "What Laravel puts in front of its channels.")
    Optional<String> keyPrefix = Optional.empty();

    @Option(
            names = {"-y", "--yes"},
            description = "Ask nothing; take every proposal.")
    boolean yes;

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    boolean force;
}
