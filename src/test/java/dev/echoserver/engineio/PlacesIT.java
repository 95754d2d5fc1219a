package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.BUG;
import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.Places.Capacity;
import dev.echoserver.http.HttpPipeline.Compression;
import dev.echoserver.http.Router;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a session ends, somebody else can have its place; and one too many is told so. */
@Timeout(60)
final class PlacesIT {
    private static final int MAX = 2;
    private static final String WEBSOCKET = V4 + "&transport=websocket";

    private final Places places = new Places(new Capacity(MAX, "", MAX), TrustedProxies.NONE, System::nanoTime);

    private EngineServer start() {
        return EngineServer.start(settings -> settings.places = places);
    }

    private void awaitTaken(int count) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> places.taken() == count);
    }

    @Test
    void aHandshakeTooManyIsRefusedWithAReason() throws IOException {
        try (EngineServer server = start();
                RawWebSocket one = server.webSocket(V4);
                RawConnection poller = RawConnection.to(server.port())) {
            PollingClient two = server.polling(V3);
            String handshake = RawConnection.request("GET", V4 + "&transport=polling", "Origin: http://page");

            HttpReply refused = poller.write(handshake).reply();

            assertThat(refused.summary())
                    .isEqualTo(
                            "429 {\"code\":429,\"message\":\"Too many connections from your address. Try again later.\"}");
            assertThat(refused.headers())
                    .containsAllEntriesOf(Map.of(
                            "retry-after", "30",
                            "content-type", "application/json",
                            "access-control-allow-origin", "http://page"));
            assertThat(PollingClient.exchange(server.port(), RawWebSocket.handshakeRequest(WEBSOCKET))
                            .status())
                    .isEqualTo(429);
            assertThat(server.sessionCount()).isEqualTo(MAX);

            assertThat(two.post("1:2").summary()).isEqualTo("200 ok"); // Those who are there notice nothing.
            one.send("1").awaitEnd();
            awaitTaken(MAX - 1);
            assertThat(poller.write(handshake).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeTakesNoSecondPlace() throws IOException {
        try (EngineServer server = start();
                RawWebSocket other = server.webSocket(V4)) {
            PollingClient client = server.polling(V4);
            try (RawWebSocket upgraded = server.probe(client)) {
                upgraded.send("2probe");
                assertThat(upgraded.text()).isEqualTo("3probe");
                upgraded.send("5").send("4here");
                assertThat(upgraded.text()).isEqualTo("4here");

                assertThat(places.taken()).isEqualTo(MAX);
            }
            awaitTaken(MAX - 1);
            other.send("4still here");
            assertThat(other.text()).isEqualTo("4still here");
        }
    }

    /** How a session can end. */
    enum End {
        CLOSE_FRAME {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).send(RawWebSocket.CLOSE, new byte[0]).awaitEnd();
            }
        },
        CLOSE_PACKET {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).send("1").awaitEnd();
            }
        },
        CUT {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).close();
            }
        },
        RESET {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).reset();
            }
        },
        INVALID_PACKET {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).send("x").awaitEnd();
            }
        },
        BUG_OF_THE_LISTENER {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4).send("4" + BUG).awaitEnd();
            }
        },
        SILENCE {
            @Override
            void of(EngineServer server) throws IOException {
                server.webSocket(V4);
            }
        },
        SILENCE_OF_A_POLLING_CLIENT {
            @Override
            void of(EngineServer server) throws IOException {
                server.polling(V3);
            }
        },
        CLOSE_PACKET_OF_A_POLLING_CLIENT {
            @Override
            void of(EngineServer server) throws IOException {
                server.polling(V4).post("1");
            }
        },
        CUT_POLL {
            @Override
            void of(EngineServer server) throws IOException {
                server.polling(V4).beginPoll().close();
            }
        },
        INVALID_POST {
            @Override
            void of(EngineServer server) throws IOException {
                server.polling(V4).post("x");
            }
        },
        KICK_OF_A_POLLING_CLIENT_THAT_DOES_NOT_COME_BACK {
            @Override
            void of(EngineServer server) throws IOException {
                PollingClient client = server.polling(V4);
                server.run(client.sid(), session -> session.end(CloseReason.FORCED_CLOSE));
            }
        },
        KICK_OF_A_POLLING_CLIENT_THAT_POLLS {
            @Override
            void of(EngineServer server) throws IOException {
                PollingClient client = server.polling(V4);
                server.run(client.sid(), session -> session.end(CloseReason.FORCED_CLOSE));
                client.poll();
            }
        },
        ABANDONED_UPGRADE {
            @Override
            void of(EngineServer server) throws IOException {
                PollingClient client = server.polling(V4);
                server.probe(client).send("2probe").close();
            }
        },
        CUT_DURING_THE_UPGRADE {
            @Override
            void of(EngineServer server) throws IOException {
                PollingClient client = server.polling(V4);
                try (RawConnection poll = client.beginPoll();
                        RawWebSocket probe = server.probe(client)) {
                    probe.send("2probe").text();
                    assertThat(poll.reply().status()).isEqualTo(200);
                }
            }
        };

        abstract void of(EngineServer server) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsFreeAfter(End end) throws IOException {
        try (EngineServer server = EngineServer.start(settings -> {
            settings.places = places;
            settings.pings(500, 1000);
        })) {
            end.of(server);

            awaitTaken(0);
            assertThat(server.sessionCount()).isZero();
        }
    }

    @Test
    void allPlacesAreFreeAfterTheServerHasStopped() throws IOException {
        EngineServer server = start();
        server.polling(V4);
        server.webSocket(V4);

        server.close();

        awaitTaken(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Version: 13,Sec-WebSocket-Version: 12",
        "Sec-WebSocket-Key,X-Key",
        "Connection: Upgrade,X-None: 1"
    })
    void aHandshakeThatIsRefusedTakesNone(String right, String wrong) throws IOException {
        try (EngineServer server = start()) {
            String request = RawWebSocket.handshakeRequest(WEBSOCKET).replace(right, wrong);

            assertThat(PollingClient.exchange(server.port(), request).status()).isEqualTo(400);
            assertThat(places.taken()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAcceptorThatFailsLeavesNothing(boolean isCompressed) throws IOException {
        try (EngineServer server = EngineServer.start(settings -> {
                    settings.places = places;
                    settings.compression = new Compression(OptionalInt.empty(), isCompressed);
                });
                CapturedLog log = CapturedLog.of(Router.class)) {
            for (int i = 0; i <= MAX; i++) {
                String failing = "&" + BUG + "=1";
                assertThat(PollingClient.exchange(
                                        server.port(),
                                        RawConnection.request("GET", V4 + "&transport=polling" + failing))
                                .status())
                        .isEqualTo(500);
                RawWebSocket.open(server.port(), WEBSOCKET + failing, "Sec-WebSocket-Extensions: permessage-deflate")
                        .awaitEnd();
            }

            awaitTaken(0);
            assertThat(server.sessionCount()).isZero();
            assertThat(server.ended()).isEmpty();
            assertThat(log.lines(Level.ERROR)).isNotEmpty();
            server.webSocket(V4).close();
        }
    }
}
