package dev.echoserver.engineio;

/** What one client's incomplete message holds of {@link Inbound}. Confined to one event loop. */
public final class InboundClaim {
    private final Inbound inbound;
    private long heldBytes;

    InboundClaim(Inbound inbound) {
        this.inbound = inbound;
    }

    /**
     * From now on {@code bytes} are held in all, if there is room for them.
     *
     * @return false if all clients together hold too much; then nothing changes. Less than before, or so little that it
     *     is not counted, is always granted
     */
    public boolean hold(long bytes) {
        long counted = bytes <= Inbound.SMALL_BYTES ? 0 : bytes;
        long more = counted - heldBytes;
        if (more > 0 && !inbound.take(more)) {
            return false;
        }
        if (more < 0) {
            inbound.giveBack(-more);
        }
        heldBytes = counted;
        return true;
    }

    /** Nothing is held any more. Idempotent. */
    public void release() {
        if (heldBytes > 0) {
            inbound.giveBack(heldBytes);
            heldBytes = 0;
        }
    }
}
