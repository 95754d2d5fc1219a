package dev.echoserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How one kind of reverse proxy is run in the foreground. */
public interface ProxyProgram {

    /** A name to look for on the PATH, or a path. */
    String program();

    /** The sample of this project, in which only what is marked CHANGE is changed, and the ports. */
    String sample(Site site);

    /** Writes {@code configuration} and what stands around it into {@code folder}; returns the arguments. */
    List<String> prepare(Path folder, String configuration) throws IOException;

    /** The variables of its environment. */
    default Map<String, String> variables(Path folder) {
        return Map.of();
    }

    /** Has {@code running} read its configuration again. */
    void reload(Path folder, RunningProgram running);

    /** How many nodes its sample can have. */
    default int nodes() {
        return 2;
    }

    /**
     * What a sample is filled with.
     *
     * @param openssl where the certificate {@code name} is, for localhost
     * @param port where browsers come
     * @param nodes the ports of the servers
     */
    record Site(OpenSsl openssl, String name, int port, List<Integer> nodes) {
        String certificate() {
            return openssl.file(name + ".pem").toString();
        }

        String key() {
            return openssl.file(name + ".key").toString();
        }

        /** A line for each node, made from {@code pattern} with a number and its port. */
        String lines(String pattern) {
            StringBuilder lines = new StringBuilder();
            for (int node = 0; node < nodes.size(); node++) {
                lines.append(pattern.formatted(node + 1, nodes.get(node))).append('\n');
            }
            return lines.toString();
        }
    }

    /** The text of the sample {@code file} of this project. */
    static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code name} where Debian puts a server, or on the PATH. */
    static String server(String name) {
        return Files.isExecutable(Path.of("/usr/sbin", name)) ? "/usr/sbin/" + name : name;
    }
}
