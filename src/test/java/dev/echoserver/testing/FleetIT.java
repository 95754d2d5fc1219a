package dev.echoserver.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.Fleet.Published;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet that finds nothing proves nothing unless it finds what is there. */
final class FleetIT {
    private static final List<String> CHANNELS = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    @Test
    void findsWhatIsLostDoubledForeignOrOutOfOrder() {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = server(redis);
                Fleet fleet = Fleet.connect(InstalledProgram.portOf(server), 3, CHANNELS, List.of("e"))) {
            fleet.awaitSubscribed(() -> onAllChannels(laravel, Fleet.PROBE));
            List<Integer> sent = List.of(0, 1, 1, 3, 4, 99);
            sent.forEach(number -> laravel.publish(LaravelVersion.V13, "", "a", envelope(number)));
            laravel.publish(LaravelVersion.V13, "", "b", envelope(0));
            List<Published> expected = new ArrayList<>(
                    IntStream.of(0, 1, 2, 4, 3).mapToObj(FleetIT::published).toList());
            Collections.addAll(
                    expected,
                    new Published(
                            "b", "e", "0", Optional.of(fleet.clients().get(0).id())));
            fleet.expect(expected);
            onAllChannels(laravel, Fleet.END);

            Fleet.Result result = fleet.result();
            int subscribers = (int) fleet.clients().stream()
                    .filter(client -> client.channels().contains("a"))
                    .count();
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.summary().path("lost").asInt()).isEqualTo(subscribers);
            assertThat(result.summary().path("disordered").asInt()).isEqualTo(2 * subscribers);
            assertThat(result.summary().path("unknown").asInt()).isEqualTo(subscribers + 1);
            assertThat(result.summary().path("doubled").asInt()).isEqualTo(subscribers);
        }
    }

    private RunningProgram server(LocalRedis redis) {
        return InstalledProgram.in(folder)
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
    }

    private static void onAllChannels(Laravel laravel, String payload) {
        CHANNELS.forEach(channel -> laravel.publish(LaravelVersion.V13, "", channel, payload));
        laravel.flush();
    }

    private static String envelope(int number) {
        return "{\"event\":\"e\",\"data\":" + number + ",\"socket\":null}";
    }

    private static Published published(int number) {
        return new Published("a", "e", Integer.toString(number), Optional.empty());
    }
}
