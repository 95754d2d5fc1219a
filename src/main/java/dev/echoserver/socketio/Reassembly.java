package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.engineio.InboundClaim;
import dev.echoserver.json.JsonTree;
import java.util.ArrayList;
import java.util.List;

/** A packet whose attachments are still arriving. It holds its own bytes and theirs until it is dropped. */
final class Reassembly {
    private final Packet packet;
    private final InboundClaim claim;
    private final int packetBytes;
    private final int maxBytes;
    private final List<byte[]> attachments = new ArrayList<>();
    private int bytes;

    /**
     * @param packetBytes what the packet itself has
     * @param maxBytes what all attachments together may have
     */
    Reassembly(Packet packet, int packetBytes, int maxBytes, InboundClaim claim) {
        this.packet = packet;
        this.packetBytes = packetBytes;
        this.maxBytes = maxBytes;
        this.claim = claim;
    }

    Packet packet() {
        return packet;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    /** Whether {@code attachment} is not too large. */
    boolean fits(byte[] attachment) {
        return attachment.length <= maxBytes - bytes;
    }

    /** Whether all clients together leave room for what has arrived and for {@code nextBytes} more. */
    boolean isAffordable(int nextBytes) {
        return claim.hold((long) packetBytes + bytes + nextBytes);
    }

    /** Takes the next attachment; true if it was the last. */
    boolean add(byte[] attachment) {
        attachments.add(attachment);
        bytes += attachment.length;
        return attachments.size() == packet.attachments();
    }

    /** It is complete, or never will be. */
    void drop() {
        claim.release();
    }

    /** Whether each placeholder stands for an attachment that is there. */
    boolean isValid() {
        return packet.arguments().stream()
                .allMatch(argument ->
                        JsonTree.read(argument).filter(this::placeholdersExist).isPresent());
    }

    private boolean placeholdersExist(JsonNode value) {
        if (value.path("_placeholder").isBoolean() && value.path("_placeholder").booleanValue()) {
            JsonNode number = value.path("num");
            return number.isInt() && number.intValue() >= 0 && number.intValue() < attachments.size();
        }
        for (JsonNode child : value) {
            if (!placeholdersExist(child)) {
                return false;
            }
        }
        return true;
    }
}
