package dev.echoserver.doctor;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket on which nothing is said until the server pings. Filled by the threads of the client. */
final class Silence implements WebSocket.Listener {
    private static final int NO_CLOSE_FRAME = 1006; // RFC 6455 section 7.1.5

    private final CompletableFuture<String> opened = new CompletableFuture<>();
    private final CompletableFuture<OptionalInt> broken = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
        part.append(text);
        if (isLast) {
            hear(part.toString());
            part.setLength(0);
        }
        return WebSocket.Listener.super.onText(socket, text, isLast);
    }

    private void hear(String packet) {
        if (packet.startsWith("0")) {
            opened.complete(packet);
        } else {
            broken.complete(OptionalInt.empty());
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        broken.complete(OptionalInt.of(code));
        return CompletableFuture.completedStage(reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        broken.complete(OptionalInt.of(NO_CLOSE_FRAME));
    }

    /** What the server says of itself, if that comes within {@code patience}. */
    Optional<String> opening(Duration patience) {
        return within(opened, patience);
    }

    /** With which code it ended before the server said something, and within {@code patience}. */
    OptionalInt end(Duration patience) {
        return within(broken, patience).orElse(OptionalInt.empty());
    }

    /** Whether an end with {@code code} is one that nobody has announced. */
    static boolean isCut(int code) {
        return code == NO_CLOSE_FRAME;
    }

    private static <T> Optional<T> within(CompletableFuture<T> future, Duration patience) {
        try {
            return Optional.of(future.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
