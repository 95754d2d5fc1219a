package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisFailureTest {
    private final RedisConfig settings = RedisConfig.of("redis.example", 6379)
            .withCredentials(Optional.of("echo"), "secret")
            .withKeyPrefix("app_");

    private String cure(String answer, RedisConfig config) {
        return RedisFailure.of(new RedisCommandExecutionException(answer)).cure(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOPERM this user has no permissions to run the 'psubscribe' command or its subcommand | +psubscribe",
                "NOPERM User echo has no permissions to run the 'eval' command                         | +eval",
                "NOPERM User echo has no permissions to run the 'cluster' command                      | +cluster",
                "NOPERM this user has no permissions to access one of the channels used as arguments   | &app_*",
                "NOPERM No permissions to access a channel                                             | &app_*",
                "NOPERM this user has no permissions to access one of the keys used as arguments       | ~app_*",
                "NOPERM No permissions to access a key                                                 | ~app_*",
                "ERR ACL failure in script: User echo has no permissions to run the 'time' command     | +time"
            })
    void namesThePermissionThatIsMissingAndTheCommandThatGivesIt(String answer, String permission) {
        assertThat(cure(answer, settings))
                .startsWith("the permission " + permission + " is missing; run on Redis: ACL SETUSER echo +")
                .contains("+psubscribe", "+eval", " ~app_* &app_* ");
    }

    @Test
    void grantsAllNamesWhereThereIsNoPrefix() {
        assertThat(cure("NOPERM No permissions to access a channel", settings.withKeyPrefix("")))
                .endsWith("allkeys allchannels");
    }

    @Test
    void knowsANodeOfAClusterAndAReplica() {
        assertThat(cure("MOVED 1 10.0.0.1:6379", settings)).contains("\"cluster\": true");
        assertThat(cure("READONLY You can't write against a read only replica.", settings))
                .contains("databaseConfig.redis.host", "sentinels");
        assertThat(cure("CLUSTERDOWN The cluster is down", inCluster())).contains("elected");
        assertThat(cure("NOPERM User echo has no permissions to run the 'cluster|nodes' command", inCluster()))
                .contains("+cluster|nodes");
    }

    @Test
    void knowsWhatPasses() {
        String old = "ERR Error running script (call to f_0): @user_script:33: -";
        String full = "OOM command not allowed when used memory > 'maxmemory'.";
        assertThat(cure(full, settings)).contains("maxmemory");
        assertThat(cure(old + full, settings)).contains("maxmemory");
        assertThat(cure("MISCONF Redis is configured to save RDB snapshots, but …", settings))
                .contains("disk");
        assertThat(cure("LOADING Redis is loading the dataset in memory", settings))
                .contains("wait");
        assertThat(cure("MASTERDOWN Link with MASTER is down", settings)).contains("to the master");
        assertThat(cure(old + "READONLY You can't write against a read only replica.", settings))
                .contains("to the master");
    }

    @Test
    void tellsAWrongPasswordFromOneTooMany() {
        assertThat(cure("WRONGPASS invalid username-password pair or user is disabled.", settings))
                .startsWith("set databaseConfig.redis.password");
        assertThat(cure("ERR AUTH <password> called without any password configured for the default user.", settings))
                .contains("has no password", "remove databaseConfig.redis.password");
        assertThat(cure("ERR Client sent AUTH, but no password is set", settings))
                .contains("remove databaseConfig.redis.password");
    }

    @Test
    void namesTheNodeOfAClusterThatCannotBeUsed() {
        String node = "the node a:6379 of the Cluster, with 5461 of 16384 hash slots";
        RedisFailure away = RedisFailure.of(new CompletionException(
                new ClusterNodeException(node, new ConnectException("connect: Connection refused"))));
        RedisFailure closed = RedisFailure.of(
                new ClusterNodeException(node, new RedisCommandExecutionException("WRONGPASS invalid")));

        assertThat(away.explanation(inCluster()))
                .contains(
                        node + ": Connection refused", "start that node again", "events that Laravel publishes arrive");
        assertThat(closed.explanation(inCluster())).contains(node + ": WRONGPASS", "databaseConfig.redis.password");
    }

    @Test
    void tellsAClusterWithoutSlotsFromOneThatElects() {
        assertThat(cure("CLUSTERDOWN Hash slot not served", inCluster())).contains("--cluster create");
        assertThat(cure("CLUSTERDOWN The cluster is down", inCluster())).contains("elected");
    }

    @Test
    void namesTheHostThatIsUnknown() {
        RedisFailure failure =
                RedisFailure.of(new UnknownHostException("Failed to resolve 'nowhere' [A(1)] after 2 queries "));

        assertThat(failure.reason()).isEqualTo("unknown host: nowhere");
        assertThat(failure.cure(settings)).contains("databaseConfig.redis.host");
    }

    @Test
    void isExplainedInOneLine() {
        assertThat(RedisFailure.of(new RedisCommandExecutionException("NOAUTH Authentication required."))
                        .explanation(settings))
                .startsWith("Redis at redis.example:6379: NOAUTH Authentication required; set databaseConfig");
    }

    private RedisConfig inCluster() {
        return settings.withPlace(new RedisPlace.Cluster(List.of(new HostPort("a", 6379))));
    }

    @Test
    void isAReasonToConnectAgainIfTheServerIsNotTheRightOne() {
        assertThat(RedisFailure.needsReconnect(new RedisCommandExecutionException("READONLY …")))
                .isTrue();
        assertThat(RedisFailure.needsReconnect(new RedisCommandExecutionException("OOM …")))
                .isFalse();
        assertThat(RedisFailure.needsReconnect(new IOException("gone"))).isTrue();
    }
}
