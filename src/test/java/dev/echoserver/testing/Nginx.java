package dev.echoserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** nginx with the sample configuration of this project, in which only what is marked CHANGE is changed, and the ports. */
public final class Nginx implements AutoCloseable {
    private static final Path SAMPLE = Path.of("nginx/echo-server.conf");
    private static final String PROGRAM = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";

    private final Path folder;
    private final RunningProgram program;
    private final int port;

    private Nginx(Path folder, RunningProgram program, int port) {
        this.folder = folder;
        this.program = program;
        this.port = port;
    }

    /**
     * Starts it in {@code folder} before the nodes on the ports {@code nodes}, with the certificate {@code name} of
     * {@code openssl}. Skips the running test where there is no nginx.
     */
    public static Nginx start(Path folder, OpenSsl openssl, String name, List<Integer> nodes) {
        int port = freePort();
        try {
            return start(folder, port, site(openssl, name, port, nodes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it in {@code folder} with the server blocks {@code site}, of which one listens on {@code port}. */
    public static Nginx start(Path folder, int port, String site) {
        Requirement.program(PROGRAM);
        try {
            Files.writeString(folder.resolve("echo-server.conf"), site);
            Files.writeString(folder.resolve("nginx.conf"), main(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunningProgram program = RunningProgram.start(
                folder,
                Map.of(),
                PROGRAM,
                "-p",
                folder.toString(),
                "-c",
                folder.resolve("nginx.conf").toString(),
                "-e",
                "stderr");
        awaitPort(program, port);
        return new Nginx(folder, program, port);
    }

    private static String site(OpenSsl openssl, String name, int port, List<Integer> nodes) throws IOException {
        String upstream = String.join(
                "\n",
                nodes.stream().map(node -> "server 127.0.0.1:" + node + "$1;").toList());
        return Files.readString(SAMPLE)
                .replaceFirst("server 127\\.0\\.0\\.1:6001([^;]*);", upstream)
                .replace("listen 80;", "listen " + freePort() + ";")
                .replaceAll("listen \\[::\\]:\\d+.*;", "")
                .replace("listen 443 ssl;", "listen " + port + " ssl;")
                .replaceAll("ssl_certificate .*;", "ssl_certificate " + openssl.file(name + ".pem") + ";")
                .replaceAll("ssl_certificate_key .*;", "ssl_certificate_key " + openssl.file(name + ".key") + ";");
    }

    private static String main(Path folder) {
        String user = System.getProperty("user.name").equals("root") ? "user root root;\n" : "";
        return user + "daemon off;\npid " + folder.resolve("nginx.pid") + ";\nerror_log stderr;\n"
                + "worker_rlimit_nofile 16384;\nevents { worker_connections 8192; }\nhttp {\nlog_format node $upstream_addr;\naccess_log "
                + folder.resolve("nodes.log") + " node;\n"
                + String.join(
                        "",
                        List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                                .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";\n")
                                .toList())
                + "include " + folder.resolve("echo-server.conf") + ";\n}\n";
    }

    private static void awaitPort(RunningProgram program, int port) {
        Awaitility.await("nginx")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> accepts(port) || !program.isAlive());
        if (!program.isAlive()) {
            throw new IllegalStateException(program.output());
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where browsers connect. */
    public int port() {
        return port;
    }

    /** The addresses of the nodes that have answered, each request a line. */
    public List<String> nodes() {
        try {
            return Files.readAllLines(folder.resolve("nodes.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has logged. */
    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.terminate(); // Its workers end with it then.
        program.exitCode();
        program.close();
    }
}
