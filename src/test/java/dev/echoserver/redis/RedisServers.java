package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Several real servers of Redis that know each other, from the {@code redis-server} on the PATH. Killed when closed. */
final class RedisServers implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(20);
    private static final List<String> QUICKLY =
            List.of("--bind", HOST, "--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0");

    private static final List<String> CLUSTER = List.of(
            "--cluster-enabled", "yes",
            "--cluster-node-timeout", "1000",
            "--cluster-require-full-coverage", "no",
            "--cluster-replica-validity-factor", "0");

    private final Path folder;
    private final List<RunningProgram> programs = new ArrayList<>();

    RedisServers(Path folder) {
        Requirement.program("redis-server");
        Requirement.program("redis-cli");
        this.folder = folder;
    }

    /** One of the servers. */
    record Node(HostPort at, RunningProgram program) {
        RedisConfig settings() {
            return RedisConfig.of(at.host(), at.port());
        }
    }

    /** Starts one with further {@code options}. */
    Node start(String... options) {
        int port = freePort();
        return new Node(
                new HostPort(HOST, port),
                launch(
                        port,
                        Stream.concat(Stream.of("--port", Integer.toString(port)), Stream.of(options))
                                .toList()));
    }

    /** Starts one that speaks TLS alone. */
    Node startTls(String... options) {
        int port = freePort();
        List<String> ports = List.of("--port", "0", "--tls-port", Integer.toString(port));
        return new Node(
                new HostPort(HOST, port),
                launch(port, Stream.concat(ports.stream(), Stream.of(options)).toList()));
    }

    /** Starts a Sentinel with these {@code lines} in its file. It speaks TLS alone if they name a certificate. */
    Node startSentinel(String... lines) {
        int port = freePort();
        Path file = folder.resolve("sentinel-" + port + ".conf");
        boolean isTls = Stream.of(lines).anyMatch(line -> line.startsWith("tls-cert-file "));
        String ports = isTls ? "port 0\ntls-port " + port : "port " + port;
        try {
            Files.write(
                    file,
                    Stream.concat(Stream.of(ports, "bind " + HOST), Stream.of(lines))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunningProgram program = RunningProgram.start(folder, Map.of(), "redis-server", file.toString(), "--sentinel");
        programs.add(program);
        return new Node(new HostPort(HOST, port), program);
    }

    private RunningProgram launch(int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--dir", folder.toString()));
        command.addAll(List.of("--dbfilename", port + ".rdb", "--cluster-config-file", port + ".nodes"));
        command.addAll(QUICKLY);
        command.addAll(options);
        RunningProgram program = RunningProgram.start(folder, Map.of(), command.toArray(String[]::new));
        programs.add(program);
        program.awaitRestOf("Ready to accept connections");
        return program;
    }

    /** Starts one of which nobody has made a Cluster yet. */
    Node startNodeWithoutSlots() {
        return start(CLUSTER.toArray(String[]::new));
    }

    /** A Cluster of {@code masters} masters with {@code replicas} replicas each. */
    List<Node> startCluster(int masters, int replicas) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < masters * (1 + replicas); i++) {
            nodes.add(start(CLUSTER.toArray(String[]::new)));
        }
        join(nodes, replicas);
        return nodes;
    }

    /**
     * A Cluster of three masters that speaks TLS with the certificate {@code redis}, behind a translation of addresses.
     *
     * @return where each one really is, by the address that the Cluster names, at which nobody listens
     */
    Map<HostPort, HostPort> startHiddenCluster(Certificates certificates) {
        List<String> options = new ArrayList<>(CLUSTER);
        options.addAll(List.of("--tls-cluster", "yes"));
        options.addAll(certificates.optionsOf("redis"));
        String[] trust = {"--tls", "--cacert", certificates.ca().toString()};
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(startTls(options.toArray(String[]::new)));
        }
        join(nodes, 0, trust);
        Map<HostPort, HostPort> hidden = new HashMap<>();
        for (Node node : nodes) {
            HostPort announced = closed();
            run(node, with(trust, "config", "set", "cluster-announce-tls-port", Integer.toString(announced.port())));
            hidden.put(announced, node.at());
        }
        for (Node node : nodes) {
            hidden.keySet().forEach(announced -> awaitAnswer(node, announced + "@", with(trust, "cluster", "nodes")));
        }
        return hidden;
    }

    private void join(List<Node> nodes, int replicas, String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("--cluster", "create"));
        nodes.forEach(node -> command.add(node.at().toString()));
        command.addAll(List.of("--cluster-replicas", Integer.toString(replicas), "--cluster-yes"));
        cli(command.toArray(String[]::new));
        for (Node node : nodes) {
            awaitAnswer(node, "cluster_state:ok", with(options, "cluster", "info"));
            awaitAnswer(node, "cluster_known_nodes:" + nodes.size(), with(options, "cluster", "info"));
        }
    }

    private static String[] with(String[] options, String... command) {
        return Stream.concat(Stream.of(options), Stream.of(command)).toArray(String[]::new);
    }

    /** Waits until {@code command} on {@code node} answers something with {@code text}. */
    void awaitAnswer(Node node, String text, String... command) {
        await().atMost(START).until(() -> run(node, command).contains(text));
    }

    /** Makes the user of {@code settings}, with the permissions that the server would ask for and no others. */
    void allow(Node node, RedisConfig settings, String... options) {
        String user = settings.username().orElseThrow() + " on >"
                + settings.password().orElseThrow();
        String grant = Permissions.grant(settings);
        for (String command : List.of(
                "ACL SETUSER " + user + " resetkeys resetchannels -@all",
                grant.substring(grant.indexOf("ACL SETUSER")))) {
            String[] words = Stream.concat(Stream.of(options), Stream.of(command.split(" ", -1)))
                    .toArray(String[]::new);
            assertThat(run(node, words)).contains("OK");
        }
    }

    String run(Node node, String... command) {
        String[] all = Stream.concat(Stream.of("-p", Integer.toString(node.at().port())), Stream.of(command))
                .toArray(String[]::new);
        return cli(all);
    }

    private String cli(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("redis-cli"), Stream.of(arguments)).toArray(String[]::new);
        try (RunningProgram program = RunningProgram.start(folder, Map.of(), command)) {
            program.exitCode();
            return program.output();
        }
    }

    /** An address at which nobody listens. */
    static HostPort closed() {
        return new HostPort(HOST, freePort());
    }

    private static int freePort() {
        try {
            // A node of a Cluster also listens ten thousand ports above.
            for (int tries = 0; tries < 1000; tries++) {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    if (socket.getLocalPort() < 55_000) {
                        return socket.getLocalPort();
                    }
                }
            }
            throw new IOException("port: none below 55000 (expected: a free one)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        programs.forEach(RunningProgram::close);
    }
}
