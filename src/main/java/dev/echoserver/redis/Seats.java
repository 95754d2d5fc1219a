package dev.echoserver.redis;

import dev.echoserver.presence.Member;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes and gives up seats of presence channels. Each is noted as this node's before it is taken, and struck after it was
 * given up, so that nobody stays when the node dies.
 *
 * <p>One connection keeps that order by itself. In a Cluster the note lies on another server than the channel, so each
 * step waits for the one before.
 */
final class Seats {
    private final RedisLink link;
    private final NodeRegister register;
    private final PresenceScripts scripts;
    private final InTurn<Seat> turns = new InTurn<>();

    Seats(RedisLink link, NodeRegister register, PresenceScripts scripts) {
        this.link = link;
        this.register = register;
        this.scripts = scripts;
    }

    CompletionStage<Void> take(Seat seat, String node, Member member) {
        if (link.isSharded()) {
            return turns.after(
                    seat, () -> register.note(node, seat).thenCompose(noted -> scripts.join(seat, node, member)));
        }
        CompletionStage<Long> noted = register.note(node, seat);
        CompletionStage<Void> joined = scripts.join(seat, node, member);
        return joined.thenCompose(done -> noted.thenAccept(seats -> {}));
    }

    /** Does not wait for the note to be struck; {@code node} is the present name, if there is one. */
    CompletionStage<Void> giveUp(Seat seat, Optional<String> node) {
        if (link.isSharded()) {
            return turns.after(seat, () -> scripts.leave(seat).thenCompose(left -> struck(seat, node)));
        }
        CompletionStage<Void> left = scripts.leave(seat);
        var unused = struck(seat, node);
        return left;
    }

    /** Never fails: a note too many does no harm. */
    private CompletionStage<Void> struck(Seat seat, Optional<String> node) {
        return node.map(name -> register.strike(name, seat.bytes())
                        .exceptionally(failure -> 0L)
                        .thenAccept(done -> {}))
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }
}
