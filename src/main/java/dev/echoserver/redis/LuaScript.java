package dev.echoserver.redis;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A script as it is sent to Redis, which keeps it compiled. */
final class LuaScript {
    private final byte[] text;

    private LuaScript(byte[] text) {
        this.text = text;
    }

    /** The files {@code <name>.lua} beside this class, one behind the other. */
    static LuaScript of(String... names) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String name : names) {
            append(name + ".lua", text);
        }
        return new LuaScript(text.toByteArray());
    }

    /**
     * For {@code EVAL}. Not for {@code EVALSHA}: what it answers when Redis has forgotten the script, and only that, would
     * have to be sent again, and be overtaken by what was sent behind it.
     */
    byte[] text() {
        return text;
    }

    private static void append(String file, ByteArrayOutputStream text) {
        try (InputStream in = LuaScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file);
            }
            in.transferTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("file: " + file + " (expected: in the jar)", e);
        }
    }
}
