package dev.echoserver.redis;

import static org.awaitility.Awaitility.await;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisLogin;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.config.RedisTlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A master with a replica, watched by three Sentinels, all with passwords, and all of them with TLS or none. */
final class WatchedMaster implements AutoCloseable {
    /** The user {@code echo} of the Sentinels may do nothing but what the server needs. */
    static final RedisLogin ECHO = new RedisLogin(Optional.of("echo"), Optional.of("least"));

    static final RedisLogin ANYBODY = new RedisLogin(Optional.empty(), Optional.of("watch"));

    private static final Duration ELECTION = Duration.ofSeconds(30);

    private final RedisServers servers;
    private final Optional<Certificates> certificates;
    private final RedisServers.Node master;
    private final RedisServers.Node replica;
    private final List<RedisServers.Node> sentinels = new ArrayList<>();

    private WatchedMaster(Path folder, Optional<Certificates> certificates) {
        this.servers = new RedisServers(folder);
        this.certificates = certificates;
        this.master = server();
        this.replica =
                server("--replicaof", RedisServers.HOST + " " + master.at().port());
        servers.awaitAnswer(replica, "master_link_status:up", as("data", "info", "replication"));
        for (int i = 0; i < 3; i++) {
            sentinels.add(sentinel());
        }
        for (RedisServers.Node sentinel : sentinels) {
            servers.awaitAnswer(sentinel, "num-other-sentinels\n2", as("watch", "sentinel", "master", "shop"));
            servers.awaitAnswer(sentinel, "num-slaves\n1", as("watch", "sentinel", "master", "shop"));
        }
    }

    static WatchedMaster start(Path folder) {
        return new WatchedMaster(folder, Optional.empty());
    }

    /** Every server, Sentinels too, has the certificate {@code redis} and speaks TLS alone. */
    static WatchedMaster startTls(Path folder, Certificates certificates) {
        return new WatchedMaster(folder, Optional.of(certificates));
    }

    private RedisServers.Node server(String... more) {
        List<String> options = new ArrayList<>(List.of("--requirepass", "data", "--masterauth", "data"));
        options.addAll(List.of(more));
        tls().forEach(line -> options.addAll(List.of(("--" + line).split(" ", 2))));
        String[] all = options.toArray(String[]::new);
        return certificates.isPresent() ? servers.startTls(all) : servers.start(all);
    }

    private RedisServers.Node sentinel() {
        Stream<String> watching = Stream.of(
                "requirepass watch",
                "user echo on >least -@all +auth +client|setname +sentinel|get-master-addr-by-name"
                        + " +subscribe +ping resetchannels &+switch-master &+promoted-slave",
                "sentinel sentinel-pass watch",
                "sentinel monitor shop " + RedisServers.HOST + " " + master.at().port() + " 2",
                "sentinel auth-pass shop data",
                "sentinel down-after-milliseconds shop 500",
                "sentinel failover-timeout shop 5000");
        return servers.startSentinel(Stream.concat(tls().stream(), watching).toArray(String[]::new));
    }

    private List<String> tls() {
        return certificates
                .map(files -> List.of(
                        "tls-cert-file " + files.certificate("redis"),
                        "tls-key-file " + files.key("redis"),
                        "tls-ca-cert-file " + files.ca(),
                        "tls-auth-clients no",
                        "tls-replication yes"))
                .orElse(List.of());
    }

    private String[] as(String password, String... command) {
        Stream<String> entrance = certificates
                .map(files -> Stream.of("--tls", "--cacert", files.ca().toString()))
                .orElse(Stream.empty());
        return Stream.of(entrance, Stream.of("-a", password), Stream.of(command))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    void killFirstSentinel() {
        sentinels.get(0).program().kill();
    }

    /** Has a Sentinel that is not the first one give the master's place to the replica, as for maintenance. */
    void switchOver() {
        servers.run(sentinels.get(1), as("watch", "sentinel", "failover", "shop"));
    }

    /** Takes from the Sentinels' user {@code echo} what it needs to hear of a new master. */
    void forbidToListen() {
        sentinels.forEach(sentinel -> servers.run(sentinel, as("watch", "acl", "setuser", "echo", "-subscribe")));
    }

    /** Kills the master and waits until the replica has its place. */
    void failOver() {
        master.program().kill();
        await().atMost(ELECTION)
                .until(() ->
                        servers.run(replica, as("data", "info", "replication")).contains("role:master"));
    }

    /** For {@code login} at the Sentinels, and the right password at the master. */
    RedisConfig settings(RedisLogin login) {
        List<HostPort> at = sentinels.stream().map(RedisServers.Node::at).toList();
        Optional<RedisTlsConfig> tls = certificates.map(Certificates::trusted);
        RedisConfig settings = RedisConfig.of(new RedisPlace.Sentinels(at, "shop", login, tls))
                .withCredentials(Optional.empty(), "data")
                .withKeyPrefix("app_");
        return tls.map(settings::withTls).orElse(settings);
    }

    @Override
    public void close() {
        servers.close();
    }
}
