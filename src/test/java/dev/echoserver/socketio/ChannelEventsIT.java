package dev.echoserver.socketio;

import static dev.echoserver.socketio.RecordingServer.V3;
import static dev.echoserver.socketio.RecordingServer.V4;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.subscription.Overruns;
import dev.echoserver.subscription.WhisperBudget;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class ChannelEventsIT {
    private static final int BURST = 5;
    private static final WhisperBudget.Limits WHISPERS = new WhisperBudget.Limits(1, BURST, 1000);

    private static EchoFixture server(boolean givesReasons) {
        return new EchoFixture(new ChannelEvents.Options(WHISPERS, givesReasons));
    }

    /** The events of {@code client} until now. The answer to a join that cannot be says that all before it was handled. */
    private static List<String> eventsUntilNow(SocketIoClient client) throws IOException {
        client.send("2[\"subscribe\",{\"channel\":\"echo-server:fence\"}]");
        List<String> events = new ArrayList<>();
        for (String next = client.packet(); !next.contains("echo-server:fence"); next = client.packet()) {
            events.add(next.substring(1));
        }
        return events;
    }

    /** A channel as JSON, and which one laravel-echo-server joins; source: socket.io 2.5, {@code Socket#join}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"7\"|7", "7|7", "-7|-7", "1.5|1.5", "7.0|7", "true|true", "[\"7\"]|7", "[7]|7", "[\"other\",7]|7"
            })
    void aChannelIsItsText(String channel, String name) throws IOException {
        try (EchoFixture server = server(true);
                SocketIoClient client = server.connect(V4)) {
            client.send("2[\"subscribe\",{\"channel\":" + channel + "}]");
            eventsUntilNow(client);
            server.publish(name, "first");
            assertThat(eventsUntilNow(client)).containsExactly("[\"first\",\"" + name + "\",1]");

            client.send("2[\"unsubscribe\",{\"channel\":" + channel + "}]");
            eventsUntilNow(client);
            server.publish(name, "second");
            assertThat(eventsUntilNow(client)).isEmpty();
        }
    }

    @Test
    void oneEventNamesNoMoreChannelsThanASocketMayBeOn() throws IOException {
        String names =
                IntStream.range(1, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        try (EchoFixture server = server(true);
                SocketIoClient client = server.connect(V4)) {
            client.send("2[\"subscribe\",{\"channel\":" + names + "}]");
            assertThat(eventsUntilNow(client)).isEmpty();

            server.publish("1000", "first");
            server.publish("1001", "none");
            assertThat(eventsUntilNow(client)).containsExactly("[\"first\",\"1000\",1]");
            assertThat(server.overruns.count(Overruns.Limit.CHANNELS)).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"X-A\":\"a\"}|a",
                "{\"X-A\":7}|7",
                "{\"X-A\":true}|true",
                "{\"X-A\":[\"a\"]}|a",
                "{\"X-A\":[\"a\",7]}|a, 7"
            })
    void aHeaderIsItsText(String headers, String value) throws IOException {
        try (EchoFixture server = server(true);
                SocketIoClient client = server.connect(V4)) {
            client.send("2[\"subscribe\",{\"channel\":\"private-a\",\"auth\":{\"headers\":" + headers + "}}]");
            eventsUntilNow(client);
            assertThat(server.questions.remove().credentials().headers()).containsEntry("X-A", value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"auth\":null",
                ",\"auth\":\"text\"",
                ",\"auth\":[]",
                ",\"auth\":{}",
                ",\"auth\":{\"headers\":null}",
                ",\"auth\":{\"headers\":\"text\"}",
                ",\"auth\":{\"headers\":[1]}",
                ",\"auth\":{\"headers\":{\"X-A\":null,\"X-B\":{},\"X-C\":[],\"X-D\":[null]}}"
            })
    void noHeadersAreNone(String auth) throws IOException {
        try (EchoFixture server = server(true);
                SocketIoClient client = server.connect(V4)) {
            client.send("2[\"subscribe\",{\"channel\":\"private-a\"" + auth + "}]");
            eventsUntilNow(client);
            assertThat(server.questions.remove().credentials().headers()).isEmpty();
        }
    }

    @Nested
    final class WhatIsIgnored {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "subscribe|",
                    "subscribe|,null",
                    "subscribe|,\"news\"",
                    "subscribe|,{}",
                    "subscribe|,{\"channel\":null}",
                    "subscribe|,{\"channel\":0}",
                    "subscribe|,{\"channel\":\"\"}",
                    "subscribe|,{\"channel\":false}",
                    "subscribe|,{\"channel\":{}}",
                    "subscribe|,{\"channel\":[]}",
                    "subscribe|,{\"channel\":[[]]}",
                    "subscribe|,{\"channel\":1e300}",
                    "unsubscribe|",
                    "unsubscribe|,\"news\"",
                    "unsubscribe|,{\"channel\":{}}",
                    "client event|",
                    "client event|,[1]",
                    "client event|,\"nonsense\"",
                    "client event|,{\"channel\":\"private-a\"}",
                    "client event|,{\"channel\":\"private-a\",\"event\":5}",
                    "client event|,{\"channel\":{},\"event\":\"client-a\"}"
                })
        void isLoggedWithoutSecrets(String event, String argument) throws IOException {
            String given = argument == null ? "" : argument.replace("{}", "{\"auth\":\"s3cret\"}");
            try (EchoFixture server = server(true);
                    CapturedLog log = CapturedLog.of(Overruns.class);
                    SocketIoClient client = server.connect(V4)) {
                client.send("2[\"" + event + "\"" + given + "]");
                assertThat(eventsUntilNow(client)).isEmpty();
                assertThat(server.questions).isEmpty();
                assertThat(server.overruns.count(Overruns.Limit.FORM)).isOne();
                assertThat(log.lines(Level.WARN)).singleElement().asString().contains("an event was ignored", event);
            }
        }

        @ParameterizedTest
        @CsvSource({"private-a,xclient-a", "private-a,client-a", "news,client-a", "7,client-a"})
        void isLoggedIfItIsAWhisperThatMayNotBe(String channel, String event) throws IOException {
            try (EchoFixture server = server(true);
                    SocketIoClient client = server.connect(V4)) {
                client.send("2[\"subscribe\",{\"channel\":\"news\"}]");
                client.send("2[\"client event\",{\"channel\":\"" + channel + "\",\"event\":\"" + event + "\"}]");
                assertThat(eventsUntilNow(client)).isEmpty();
                assertThat(server.overruns.count(Overruns.Limit.WHISPER)).isOne();
            }
        }
    }

    @Nested
    final class Whispers {
        private static final String WHISPER =
                "2[\"client event\",{\"channel\":\"private-a\",\"event\":\"client-draw\",\"data\":1}]";

        private SocketIoClient member(EchoFixture server, String path) throws IOException {
            SocketIoClient client = server.connect(path);
            client.send("2[\"subscribe\",{\"channel\":\"private-a\"}]");
            eventsUntilNow(client);
            return client;
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void beyondTheBudgetAreDroppedWhichThePageIsToldOnceUnlessStrict(boolean givesReasons) throws IOException {
            try (EchoFixture server = server(givesReasons);
                    SocketIoClient speaker = member(server, V4);
                    SocketIoClient listener = member(server, V3)) {
                for (int n = 0; n < 10 * BURST; n++) {
                    speaker.send(WHISPER);
                }
                List<String> told = eventsUntilNow(speaker);
                assertThat(eventsUntilNow(listener)).hasSize(BURST);
                assertThat(server.overruns.count(Overruns.Limit.EVENTS)).isEqualTo(9 * BURST);
                if (givesReasons) {
                    assertThat(told)
                            .containsExactly(
                                    "[\"client_event_dropped\",\"private-a\",{\"event\":\"client-draw\","
                                            + "\"reason\":\"a client event was dropped (limits.eventsPerSecond, limits.eventsBurst)\"}]");
                } else {
                    assertThat(told).isEmpty();
                }
            }
        }

        @Test
        void haveABudgetOfBytes() throws IOException {
            try (EchoFixture server = server(true);
                    SocketIoClient speaker = member(server, V4)) {
                speaker.send("51-" + WHISPER.substring(1).replace(":1}", ":{\"_placeholder\":true,\"num\":0}}"));
                speaker.send(new byte[2000]);
                speaker.send(WHISPER);
                assertThat(eventsUntilNow(speaker)).singleElement().asString().contains("limits.eventBytesPerSecond");
            }
        }

        @Test
        void haveABudgetOfBytesInWhichTheirNamesCount() throws IOException {
            try (EchoFixture server = server(true);
                    SocketIoClient speaker = member(server, V4)) {
                speaker.send(WHISPER.replace("client-draw", "client-" + "x".repeat(2000)));
                speaker.send(WHISPER);
                assertThat(eventsUntilNow(speaker)).singleElement().asString().contains("limits.eventBytesPerSecond");
            }
        }

        @Test
        void neverCostAJoin() throws IOException {
            try (EchoFixture server = server(true);
                    SocketIoClient speaker = member(server, V4)) {
                for (int n = 0; n < 10 * BURST; n++) {
                    speaker.send(WHISPER);
                }
                for (int n = 0; n < 10 * BURST; n++) {
                    speaker.send("2[\"subscribe\",{\"channel\":\"news." + n + "\"}]");
                }
                eventsUntilNow(speaker);
                server.publish("news." + (10 * BURST - 1), "e");
                assertThat(eventsUntilNow(speaker)).hasSize(1);
            }
        }
    }
}
