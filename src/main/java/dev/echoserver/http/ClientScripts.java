package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN;
import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.ETAG;
import static io.netty.handler.codec.http.HttpHeaderNames.IF_NONE_MATCH;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The browser builds of socket.io-client, which pages load from the server they connect to.
 *
 * <p>{@code <path>/socket.io.js} is the build of the configured version; {@code <path>/v2/socket.io.js} and
 * {@code <path>/v4/socket.io.js} are always the one they name. Beside each stands its source map. Stands before the
 * Engine.IO route, which owns everything else below the same path.
 *
 * <p>Source: socket.io 2.5, {@code index.js#serve}: headers, and an {@code ETag} that is the client's version.
 */
public final class ClientScripts implements Route {
    private static final List<Integer> VERSIONS = List.of(2, 4);
    private static final String SCRIPT = "socket.io.js";
    private static final String MAP = "socket.io.js.map";

    private final Map<String, Script> scripts = new HashMap<>();

    private record Script(Asset asset, String entityTag) {}

    /**
     * Reads the scripts into memory.
     *
     * @param path where Socket.IO lives, such as {@code /socket.io}
     * @param version of the client at {@code <path>/socket.io.js}: 2 or 4
     */
    public ClientScripts(String path, int version) {
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException("version: " + version + " (expected: one of " + VERSIONS + ")");
        }
        String root = Paths.withoutEndSlash(path);
        for (int each : VERSIONS) {
            add(each, each == version ? List.of(root, root + "/v" + each) : List.of(root + "/v" + each));
        }
    }

    @Override
    public boolean matches(String path) {
        return scripts.containsKey(path);
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        Script script = scripts.get(Paths.of(request));
        if (script == null || !Health.isRead(request.method())) {
            Reply.to(ctx, request).sendNotFound(request);
            return;
        }
        Reply reply = Reply.to(ctx, request)
                .header(ETAG, script.entityTag())
                .header(CACHE_CONTROL, "public, max-age=0")
                .header(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        if (isHeld(request, script)) {
            reply.sendNotModified();
        } else {
            script.asset().sendAs(reply);
        }
    }

    private void add(int version, List<String> folders) {
        String source = "client/v" + version + "/";
        String tag = '"' + packageVersion(Asset.bytes(source + "package.json")) + '"';
        Script script = new Script(Asset.of(source + SCRIPT, "application/javascript"), tag);
        Script map = new Script(Asset.of(source + MAP, "application/json"), tag);
        for (String folder : folders) {
            scripts.put(folder + "/" + SCRIPT, script);
            scripts.put(folder + "/" + MAP, map);
        }
    }

    private static String packageVersion(byte[] packageJson) {
        try {
            return new ObjectMapper().readTree(packageJson).required("version").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("package.json of socket.io-client", e);
        }
    }

    /** Whether the client holds this very script. A proxy that compresses marks the tag as weak: {@code W/"2.5.0"}. */
    private static boolean isHeld(FullHttpRequest request, Script script) {
        return request.headers().getAll(IF_NONE_MATCH).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(script.entityTag()));
    }
}
