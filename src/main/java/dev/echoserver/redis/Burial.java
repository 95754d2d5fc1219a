package dev.echoserver.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes the sockets of a node out of their channels. Several nodes may do it at once: each socket leaves once. */
final class Burial {
    private static final int AT_ONCE = 100;

    private final NodeRegister register;
    private final PresenceScripts scripts;

    Burial(NodeRegister register, PresenceScripts scripts) {
        this.register = register;
        this.scripts = scripts;
    }

    /** Completes when the node is forgotten, or fails with some of it left. */
    CompletionStage<Void> of(String node) {
        return register.someSeats(node, AT_ONCE)
                .thenCompose(seats -> seats.isEmpty()
                        ? register.remove(node).thenAccept(removed -> {})
                        : clear(node, seats).thenCompose(cleared -> of(node)));
    }

    private CompletionStage<Long> clear(String node, List<byte[]> seats) {
        List<CompletableFuture<Void>> leaves = new ArrayList<>();
        for (byte[] seat : seats) {
            Seat.of(seat)
                    .map(known -> scripts.leave(known, node).toCompletableFuture())
                    .ifPresent(leaves::add);
        }
        return CompletableFuture.allOf(leaves.toArray(CompletableFuture[]::new))
                .thenCompose(left -> register.strike(node, seats.toArray(byte[][]::new)));
    }
}
