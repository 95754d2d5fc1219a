package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.JsonTree;
import java.util.ArrayList;
import java.util.List;

/** A packet whose attachments are still arriving. */
final class Reassembly {
    private final Packet packet;
    private final List<byte[]> attachments = new ArrayList<>();
    private long bytesLeft;

    /** @param maxBytes what all attachments together may have */
    Reassembly(Packet packet, int maxBytes) {
        this.packet = packet;
        this.bytesLeft = maxBytes;
    }

    Packet packet() {
        return packet;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    /** Whether there is room for {@code attachment}. */
    boolean fits(byte[] attachment) {
        return attachment.length <= bytesLeft;
    }

    /** Takes the next attachment; true if it was the last. */
    boolean add(byte[] attachment) {
        attachments.add(attachment);
        bytesLeft -= attachment.length;
        return attachments.size() == packet.attachments();
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
