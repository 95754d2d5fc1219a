package dev.echoserver.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} that can be run here.
 *
 * @param origin where it comes from, for people
 */
record RedisBinary(Path file, String origin) {

    /** The first one in the folders of {@code searchPath}, which is written as in the variable {@code PATH}. */
    static Optional<RedisBinary> on(String searchPath) {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of("redis-server", "redis-server.exe").map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new RedisBinary(file, file.toString()));
    }

    /**
     * The one that comes along, unpacked into {@code folder}.
     *
     * @throws RedisUnavailableException if there is none for this system
     */
    static RedisBinary bundled(Path folder) {
        try {
            File file =
                    ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            return new RedisBinary(file.toPath(), "bundled " + file.getName());
        } catch (NoClassDefFoundError packaged) { // The packages leave it out.
            throw unavailable("no redis-server is installed", packaged);
        } catch (IOException | RuntimeException e) {
            throw unavailable("no redis-server is installed, and the one that comes along is not for this system", e);
        }
    }

    private static RedisUnavailableException unavailable(String reason, Throwable cause) {
        return new RedisUnavailableException(
                "There is no Redis: " + reason
                        + ". Install redis-server, or name one: REDIS_URL=redis://127.0.0.1:6379",
                cause);
    }
}
