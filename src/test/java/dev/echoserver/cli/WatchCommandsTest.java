package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.StubApplication;
import dev.echoserver.testing.StubManagement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code trace} and {@code top} in front of a server that only seems to be one. */
final class WatchCommandsTest {
    private static final String PAID =
            "{\"at\":\"2026-11-21T20:31:05.123Z\",\"origin\":\"redis\",\"received\":\"orders\","
                    + "\"channel\":\"orders\",\"event\":\"paid\",\"bytes\":2,\"sockets\":1,\"micros\":100,\"hints\":[]}";
    private static final String NOBODY =
            PAID.replace("\"sockets\":1", "\"sockets\":0").replace("[]", "[\"Look there.\"]");
    private static final String FIGURES =
            "{\"version\":\"0.1.0\",\"redis\":{\"listening\":true,\"address\":\"127.0.0.1:6379\"}}";

    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    private int run(StubManagement server, String... arguments) {
        cli.withFile("echo-server.json", "{\"management\":{\"port\":" + server.port() + "}}");
        return cli.run(arguments);
    }

    @Nested
    final class Trace {
        @Test
        void printsEachEventWithItsHints() {
            try (StubManagement server = StubManagement.telling("", PAID, "", NOBODY)) {
                assertThat(run(server, "trace", "--count", "2")).isZero();

                assertThat(cli.out().lines().toList())
                        .hasSize(3)
                        .last()
                        .asString()
                        .endsWith("! Look there.");
                assertThat(cli.out())
                        .contains("redis    orders  paid  2 B  1 socket  0.1 ms")
                        .contains("reached nobody");
                assertThat(cli.err()).contains("Waiting for events. Ctrl+C ends.");
                assertThat(server.requests()).containsExactly("/trace");
            }
        }

        @Test
        void asksForChannels() {
            try (StubManagement server = StubManagement.telling(PAID)) {
                run(server, "trace", "--count", "1", "--channel", "orders", "--channel", "private-user.*");

                assertThat(server.requests()).containsExactly("/trace?channel=orders&channel=private-user.*");
                assertThat(cli.err()).contains("on orders, private-user.*", "echo-server publish orders some.event");
            }
        }

        @Test
        void printsTheLinesAsTheyCome() {
            try (StubManagement server = StubManagement.telling("", "{\"missed\":7}", NOBODY)) {
                assertThat(run(server, "trace", "--json", "--count", "1")).isZero();

                assertThat(cli.out()).isEqualTo("{\"missed\":7}\n" + NOBODY + "\n");
                assertThat(cli.err()).isEmpty();
            }
        }

        @Test
        void goesOnWhenTheServerIsBack() {
            try (StubManagement server = StubManagement.telling(PAID)) {
                assertThat(run(server, "trace", "--count", "2")).isZero();

                assertThat(cli.out().lines()).hasSize(2);
                assertThat(cli.err()).contains("The server at 127.0.0.1:" + server.port() + " is gone", "is back");
            }
        }

        @Test
        void failsIfTooFewEventsCome() {
            try (StubManagement server = StubManagement.telling(PAID)) {
                assertThat(run(server, "trace", "--count", "9", "--seconds", "0"))
                        .isEqualTo(1);

                assertThat(cli.err()).contains("of 9 events came within 0 seconds");
            }
        }

        @Test
        void endsAfterTheTimeThatWasAskedFor() {
            try (StubManagement server = StubManagement.telling("")) {
                assertThat(run(server, "trace", "--seconds", "0")).isZero();
            }
        }
    }

    @Nested
    final class Top {
        @Test
        void printsOneBlockWithTheRatesOfAWholeSecond() {
            try (StubManagement server = StubManagement.telling(FIGURES.replace("0.1.0", "first"), FIGURES)) {
                assertThat(run(server, "top", "--once")).isZero();

                assertThat(cli.out())
                        .startsWith(" echo-server 0.1.0")
                        .contains("Redis          listening at 127.0.0.1:6379", "No events in the last seconds.")
                        .doesNotContain("first", "\u001b");
                assertThat(server.requests()).containsExactly("/top");
            }
        }

        @Test
        void printsBlocksUntilThereAreEnough() {
            try (StubManagement server = StubManagement.telling(FIGURES, FIGURES, "", FIGURES, FIGURES)) {
                assertThat(run(server, "top", "--count", "3")).isZero();

                assertThat(cli.out().lines().filter(line -> line.startsWith(" echo-server ")))
                        .hasSize(3);
            }
        }
    }

    @Nested
    final class WithoutAServer {
        @Test
        void theySayWhatToDoIfNobodyListens() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            assertThat(cli.run("trace", "--management", "http://127.0.0.1:" + free))
                    .isEqualTo(1);

            assertThat(cli.err())
                    .contains("No server answers at http://127.0.0.1:" + free, "Is it running", "--management")
                    .doesNotContain("Exception");
        }

        @Test
        void theySayThatAnotherProgramListens() {
            try (StubApplication other = StubApplication.start()) {
                assertThat(cli.run("top", "--management", other.url())).isEqualTo(1);

                assertThat(cli.err()).contains("is another program", "/top was answered with status 404");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"x y", "ftp://127.0.0.1:6002", "http://:x", ":::"})
        void theySayThatItIsNoUrl(String url) {
            assertThat(cli.run("top", "--management", url)).isEqualTo(1);

            assertThat(cli.err()).contains("is not a URL", "--management http://127.0.0.1:6002");
        }

        @Test
        void theySayThatThePortIsSwitchedOff() {
            cli.withFile("echo-server.json", "{\"management\":false}");

            assertThat(cli.run("trace")).isEqualTo(1);
            assertThat(cli.err()).contains("\"management\": false", "Write \"management\": true");
        }

        @Test
        void theySayThatThePortIsNotKnown() {
            cli.withFile("echo-server.json", "{\"management\":{\"port\":0}}");

            assertThat(cli.run("top")).isEqualTo(1);
            assertThat(cli.err()).contains("any free port", "--management http://127.0.0.1:");
        }
    }
}
