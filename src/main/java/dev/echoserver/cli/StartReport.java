package dev.echoserver.cli;

import dev.echoserver.Version;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.cli.Backend.RunningServer;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.ServerConfig.Protocol;

/**
 * Prints how the start goes, in the lines of laravel-echo-server that people look for in their logs. Once the server is
 * ready it is silent; from then on the log tells. Called from several threads.
 */
final class StartReport implements SourceListener {
    private final Announcements people;
    private final ServerConfig config;
    private boolean isRunning;
    private boolean isListening;
    private boolean isReady;

    StartReport(Announcements people, ServerConfig config) {
        this.people = people;
        this.config = config;
        this.isListening = !config.subscribers().redis();
    }

    void starting() {
        people.say("\nL A R A V E L  E C H O  S E R V E R\n");
        people.say("version " + Version.number() + "\n");
        people.say(config.devMode() ? "⚠ Starting server in DEV mode...\n" : "Starting server...\n");
    }

    synchronized void running(RunningServer server) {
        sayRunning(server.port(), config.protocol() == Protocol.HTTPS);
        server.httpsPort().ifPresent(port -> sayRunning(port, true));
        isRunning = true;
        announceWhenReady();
    }

    private void sayRunning(int port, boolean isEncrypted) {
        String host = config.host().orElse("localhost");
        people.say("✔  Running at " + host + " on port " + port + (isEncrypted ? " (https)" : ""));
    }

    @Override
    public synchronized void listening() {
        isListening = true;
        announceWhenReady();
    }

    /** Says nothing: the log has it, with the cure. */
    @Override
    public void lost(String reason) {}

    private void announceWhenReady() {
        if (isRunning && isListening && !isReady) {
            isReady = true;
            if (config.subscribers().http()) {
                people.say("✔  Listening for http events...");
            }
            if (config.subscribers().redis()) {
                people.say("✔  Listening for redis events...");
            }
            people.say("\nServer ready!\n");
        }
    }
}
