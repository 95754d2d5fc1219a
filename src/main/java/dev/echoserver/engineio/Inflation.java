package dev.echoserver.engineio;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.INVALID_PAYLOAD_DATA;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unfolds the messages that a client has compressed, each as a whole, so that what is incomplete takes no more memory
 * than it has bytes, and none becomes larger than a message may be.
 *
 * <p>Source: RFC 7692 section 7.2.2. Confined to the connection's event loop.
 */
final class Inflation {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF}; // What a client leaves out of each message.
    private static final int CHUNK_BYTES = 8 << 10;

    private final Inflater inflater = new Inflater(true);
    private final int maxMessageBytes;

    Inflation(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * The message that was compressed to {@code compressed}.
     *
     * @throws CorruptedWebSocketFrameException if it is too large, or not compressed as it must be
     */
    byte[] inflate(byte[] compressed) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(CHUNK_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            inflate(compressed, chunk, message);
            inflate(TAIL, chunk, message);
            return message.toByteArray();
        } catch (DataFormatException malformed) {
            throw new CorruptedWebSocketFrameException(INVALID_PAYLOAD_DATA, "malformed compression", malformed);
        }
    }

    private void inflate(byte[] in, byte[] chunk, ByteArrayOutputStream message) throws DataFormatException {
        inflater.setInput(in);
        while (true) {
            int length = inflater.inflate(chunk);
            if (message.size() + length > maxMessageBytes) {
                throw new CorruptedWebSocketFrameException(MESSAGE_TOO_BIG, "a message that unfolds beyond the limit");
            }
            message.write(chunk, 0, length);
            if (inflater.finished()) {
                beginAnew(in);
            } else if (length == 0) {
                return;
            }
        }
    }

    /** Behind a final block, which some clients send, another stream begins. */
    private void beginAnew(byte[] in) {
        int rest = inflater.getRemaining();
        inflater.reset();
        inflater.setInput(in, in.length - rest, rest);
    }

    /** Nothing more comes. Idempotent. */
    void release() {
        inflater.end();
    }
}
