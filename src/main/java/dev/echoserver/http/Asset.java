package dev.echoserver.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file that the build put beside this package's classes, held in memory and sent as it is. */
final class Asset {
    private final String contentType;
    private final byte[] content;

    private Asset(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
    }

    /** Reads the file {@code name}, such as {@code client/v2/socket.io.js}, as {@link #bytes} does. */
    static Asset of(String name, String contentType) {
        return new Asset(contentType, bytes(name));
    }

    /**
     * The whole content of the file {@code name}.
     *
     * @throws IllegalStateException if the build did not put it there
     */
    static byte[] bytes(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        name + ": not on the classpath (expected: the Maven build puts it there)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Sends the file with status 200. */
    void sendAs(Reply reply) {
        reply.send(HttpResponseStatus.OK, contentType, content);
    }
}
