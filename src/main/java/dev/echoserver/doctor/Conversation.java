package dev.echoserver.doctor;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a WebSocket says. Filled by the threads of the client. */
final class Conversation implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
        part.append(text);
        if (isLast) {
            heard.add(part.toString());
            part.setLength(0);
        }
        return WebSocket.Listener.super.onText(socket, text, isLast);
    }

    /** Whether a message that begins with {@code start} comes within {@code patience}. */
    boolean hears(String start, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            String next = "";
            while (next != null && !next.startsWith(start)) {
                next = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return next != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
