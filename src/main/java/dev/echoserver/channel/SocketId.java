package dev.echoserver.channel;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Names one socket, in public: {@code <digits>.<digits>}.
 *
 * <p>Laravel's Pusher library refuses ids of any other form, and nobody may guess one: two random 63-bit numbers.
 *
 * <p>Source: {@code pusher-http-php}, {@code Pusher#validate_socket_id}.
 */
public record SocketId(String value) {

    /** A new id. {@code secureRandom} must be unpredictable. */
    public static SocketId random(RandomGenerator secureRandom) {
        byte[] random = new byte[2 * Long.BYTES];
        secureRandom.nextBytes(random); // Not nextLong(), which asks a SecureRandom for it in two pieces.
        ByteBuffer numbers = ByteBuffer.wrap(random);
        return new SocketId((numbers.getLong() & Long.MAX_VALUE) + "." + (numbers.getLong() & Long.MAX_VALUE));
    }

    @Override
    public String toString() {
        return value;
    }
}
