package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VerificationTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SessionFixture loop = new SessionFixture();
    private EngineIoSettings settings = EngineIoSettings.defaults();

    @AfterEach
    void release() {
        loop.close();
    }

    private Verification.Outcome verify(FullHttpRequest request) {
        return new Verification(settings, loop.sessions).verify(request);
    }

    private static FullHttpRequest get(String uri) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri, Unpooled.EMPTY_BUFFER);
    }

    private static FullHttpRequest webSocket(String uri) {
        FullHttpRequest request = get(uri);
        request.headers().set("Upgrade", "WebSocket");
        return request;
    }

    private static Verification.Refused refused(EngineIoError error) {
        return new Verification.Refused(error);
    }

    @Nested
    final class ARequestWithoutASession {
        @ParameterizedTest
        @CsvSource({"3,V3", "4,V4"})
        void opensOneOfTheProtocolItAsksFor(String eio, Protocol protocol) {
            Verification.Outcome outcome = verify(get("/socket.io/?EIO=" + eio + "&transport=polling&t=a&t=b"));

            assertThat(outcome).isInstanceOfSatisfying(Verification.NewSession.class, opened -> {
                assertThat(opened.protocol()).isEqualTo(protocol);
                assertThat(opened.query().first("t")).isEqualTo(Optional.of("a"));
            });
        }

        @Test
        void opensOneOverAWebSocket() {
            assertThat(verify(webSocket(WEBSOCKET))).isInstanceOf(Verification.NewSession.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "EIO=", "EIO=2", "EIO=5", "EIO=04", "eio=4"})
        void opensOneOfTheThirdProtocolUnlessItAsksForTheFourth(String eio) {
            assertThat(verify(get("/socket.io/?transport=polling&" + eio)))
                    .isInstanceOfSatisfying(
                            Verification.NewSession.class,
                            opened -> assertThat(opened.protocol()).isEqualTo(Protocol.V3));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "transport=", "transport=flashsocket", "transport=Polling", "transport"})
        void needsAKnownTransport(String transport) {
            assertThat(verify(get("/socket.io/?EIO=4&" + transport)))
                    .isEqualTo(refused(EngineIoError.UNKNOWN_TRANSPORT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD"})
        void mustBeAGet(String method) {
            assertThat(verify(get(POLLING).setMethod(HttpMethod.valueOf(method))))
                    .isEqualTo(refused(EngineIoError.BAD_HANDSHAKE_METHOD));
        }

        @Test
        void mustUpgradeWhereItsTransportIsWebSocketAndOnlyThere() {
            assertThat(verify(get(WEBSOCKET))).isEqualTo(refused(EngineIoError.BAD_REQUEST));
            assertThat(verify(webSocket(POLLING))).isEqualTo(refused(EngineIoError.BAD_REQUEST));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/socket.io/?EIO=4&transport=%zz", "/socket.io/?EIO=4&transport=polling&a=%"})
        void mustBeWellFormed(String uri) {
            assertThat(verify(get(uri))).isEqualTo(refused(EngineIoError.BAD_REQUEST));
        }

        @Test
        void mayNotUseATransportThatIsSwitchedOff() {
            settings = with(Set.of(TransportName.WEBSOCKET), Origins.ANY);

            assertThat(verify(get(POLLING))).isEqualTo(refused(EngineIoError.UNKNOWN_TRANSPORT));
            assertThat(verify(webSocket(WEBSOCKET))).isInstanceOf(Verification.NewSession.class);
        }
    }

    @Nested
    final class Origin {
        @Test
        void isTheHeaderOfThatName() {
            settings = with(Set.of(TransportName.values()), new Origins(Set.of("https://a:443")));

            assertThat(verify(from("Origin", "https://a"))).isInstanceOf(Verification.NewSession.class);
            assertThat(verify(from("Origin", "https://b"))).isEqualTo(refused(EngineIoError.FORBIDDEN));
        }

        @Test
        void isElseTheReferer() {
            settings = with(Set.of(TransportName.values()), new Origins(Set.of("https://a:443")));

            assertThat(verify(from("Referer", "https://a/page"))).isInstanceOf(Verification.NewSession.class);
            assertThat(verify(get(POLLING))).isEqualTo(refused(EngineIoError.FORBIDDEN));
        }

        private FullHttpRequest from(String header, String value) {
            FullHttpRequest request = get(POLLING);
            request.headers().set(header, value);
            return request;
        }
    }

    @Nested
    final class ARequestWithASession {
        private final Session session = loop.connect("known", Protocol.V3).session;

        @Test
        void isForThatSessionIfItIsOfItsProtocol() {
            Verification.Outcome outcome =
                    verify(get("/socket.io/?EIO=3&transport=polling&sid=known").setMethod(HttpMethod.POST));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Verification.ForSession.class,
                            found -> assertThat(found.session()).isSameAs(session));
            assertThat(verify(webSocket("/socket.io/?transport=websocket&sid=known")))
                    .isInstanceOf(Verification.ForSession.class);
            assertThat(verify(get(POLLING + "&sid=known"))).isEqualTo(refused(EngineIoError.BAD_REQUEST));
        }

        @ParameterizedTest
        @ValueSource(strings = {"unknown", "", "KNOWN", "known%20"})
        void mustNameOneThatIsThere(String sid) {
            assertThat(verify(get(POLLING + "&sid=" + sid))).isEqualTo(refused(EngineIoError.UNKNOWN_SID));
        }

        @Test
        void mustUpgradeWhereItsTransportIsWebSocketAndOnlyThere() {
            assertThat(verify(get("/socket.io/?EIO=3&transport=websocket&sid=known")))
                    .isEqualTo(refused(EngineIoError.BAD_REQUEST));
            assertThat(verify(webSocket("/socket.io/?EIO=3&transport=polling&sid=known")))
                    .isEqualTo(refused(EngineIoError.BAD_REQUEST));
        }

        @Test
        void isNotFoundByACookie() {
            FullHttpRequest request = get(POLLING + "&sid=unknown");
            request.headers().set("Cookie", "io=known");

            assertThat(verify(request)).isEqualTo(refused(EngineIoError.UNKNOWN_SID));
        }
    }

    private static EngineIoSettings with(Set<TransportName> transports, Origins origins) {
        EngineIoSettings defaults = EngineIoSettings.defaults();
        return new EngineIoSettings(
                defaults.pings(),
                defaults.maxPayloadBytes(),
                defaults.maxInboundBytes(),
                transports,
                defaults.upgrades(),
                defaults.upgradeTimeout(),
                defaults.outbound(),
                origins,
                defaults.cookie());
    }
}
