package dev.echoserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.census.CensusException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpApiTest {
    private static final String UNAUTHORIZED = "403 {\"error\":\"Unauthorized\"}";
    private static final String EVENT = "{\"name\":\"e\",\"channel\":\"a\",\"data\":1}";

    private final ApiFixture api = new ApiFixture();

    @Nested
    final class Keys {

        private String channels(String uri, Optional<String> authorization) {
            return api.ask("GET", uri, authorization, "");
        }

        @Test
        void comeInAHeaderOrInTheQuery() {
            assertThat(List.of(
                            channels("/apps/les/channels", Optional.of("Bearer secret")),
                            channels("/apps/les/channels", Optional.of("secret")),
                            channels("/apps/les/channels?auth_key=secret", Optional.empty()),
                            channels("/apps/les/channels?auth_key=secret", Optional.of("")),
                            channels("/apps/l%65s/channels", Optional.of("secret")),
                            channels("/apps/17/channels", Optional.of("Bearer numeric"))))
                    .containsOnly("200 {\"channels\":{}}");
        }

        @Test
        void areTakenFromTheHeaderIfThereIsOne() {
            assertThat(channels("/apps/les/channels?auth_key=secret", Optional.of("Bearer wrong")))
                    .isEqualTo(UNAUTHORIZED);
        }

        @Test
        void openOnlyTheirOwn() {
            assertThat(List.of(
                            channels("/apps/les/channels", Optional.empty()),
                            channels("/apps/les/channels", Optional.of("Bearer numeric")),
                            channels("/apps/les/channels", Optional.of("bearer secret")),
                            channels("/apps/les/channels?auth_key=", Optional.empty()),
                            channels("/apps/other/channels", Optional.of("Bearer secret"))))
                    .containsOnly(UNAUTHORIZED);
        }

        @Test
        void thatArePublicOpenNothingWithoutASignature() {
            assertThat(channels("/apps/3/channels?auth_key=" + ApiFixture.KEY, Optional.empty()))
                    .isEqualTo(UNAUTHORIZED);
            assertThat(channels("/apps/3/channels", Optional.of("Bearer " + ApiFixture.SECRET)))
                    .isEqualTo(UNAUTHORIZED);
            assertThat(channels("/apps/3/channels?auth_signature=00&auth_key=" + ApiFixture.KEY, Optional.empty()))
                    .startsWith("401 {\"error\":\"The signature is wrong.")
                    .endsWith(",\"code\":401}");
        }

        @Test
        void ofAClientServeAPusherLibraryWhoseSignatureNobodyChecks() {
            String answer =
                    api.ask("POST", "/apps/les/events?auth_key=secret&auth_signature=00", Optional.empty(), EVENT);

            assertThat(answer).isEqualTo("200 {}");
            assertThat(api.published).hasSize(1);
            assertThat(channels("/apps/les/channels?auth_key=wrong&auth_signature=00", Optional.empty()))
                    .startsWith("401 ");
        }

        @Test
        void ofAnUnknownAppAreSaidToBeSo() {
            assertThat(channels("/apps/9/channels?auth_signature=00", Optional.empty()))
                    .startsWith("404 {\"error\":\"The app 9 could not be found.");
        }

        @Test
        void mayChangeWhileTheServerRuns() {
            assertThat(channels("/apps/les/channels", Optional.of("secret"))).startsWith("200");
            api.credentials = new ApiCredentials(List.of(), List.of());
            assertThat(channels("/apps/les/channels", Optional.of("secret"))).startsWith("403");
        }
    }

    @Nested
    final class Methods {

        @ParameterizedTest
        @CsvSource({
            "events, POST",
            "batch_events, POST",
            "status, 'GET,HEAD'",
            "channels, 'GET,HEAD'",
            "channels/a, 'GET,HEAD'",
            "channels/a/users, 'GET,HEAD'"
        })
        void areNamedToAnybody(String path, String allowed) {
            assertThat(api.ask("OPTIONS", "/apps/x/" + path, Optional.empty(), ""))
                    .isEqualTo("allow " + allowed);
        }

        @Test
        void mayBeWithoutABody() {
            assertThat(api.ask("HEAD", "/apps/les/channels/", Optional.of("secret"), ""))
                    .isEqualTo("200 {\"channels\":{}}");
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /apps/les/events",
            "POST, /apps/les/status",
            "DELETE, /apps/les/channels",
            "GET, /apps/les",
            "GET, /apps/les/other",
            "GET, /apps//channels",
            "GET, /apps/les/channels/a/b",
            "GET, /apps/les/channels/a/users/b",
            "OPTIONS, /apps/les/other"
        })
        void thatAreNotThereAreNotFoundWhoeverAsks(String method, String path) {
            assertThat(api.ask(method, path, Optional.empty(), "")).isEqualTo("nothing");
        }

        @Test
        void toPublishAreNotThereIfSwitchedOff() {
            api.withoutPublishing();

            assertThat(api.post("/apps/les/events", EVENT)).isEqualTo("nothing");
            assertThat(api.post("/apps/les/batch_events", EVENT)).isEqualTo("nothing");
            assertThat(api.ask("OPTIONS", "/apps/les/events", Optional.empty(), ""))
                    .isEqualTo("nothing");
            assertThat(api.get("/apps/les/channels")).startsWith("200 ");
        }

        @Test
        void refuseAPathThatIsNotEncoded() {
            assertThat(api.get("/apps/les/channels/%zz")).startsWith("400 ").contains("%zz");
        }
    }

    @Nested
    final class ChannelsOfClients {

        @Test
        void areListedWithTheirSubscribers() {
            api.subscribers.put("b", 2);
            api.subscribers.put("a/ü", 1);

            assertThat(api.get("/apps/les/channels"))
                    .isEqualTo("200 {\"channels\":{\"a/ü\":{\"subscription_count\":1,\"occupied\":true},"
                            + "\"b\":{\"subscription_count\":2,\"occupied\":true}}}");
            assertThat(api.get("/apps/les/channels?filter_by_prefix=a%2F"))
                    .isEqualTo("200 {\"channels\":{\"a/ü\":{\"subscription_count\":1,\"occupied\":true}}}");
            assertThat(api.get("/apps/les/channels?filter_by_prefix=c")).isEqualTo("200 {\"channels\":{}}");
        }

        @Test
        void areDescribedOneByOne() {
            api.subscribers.put("a/b+c", 1);

            assertThat(api.get("/apps/les/channels/a%2Fb+c"))
                    .isEqualTo("200 {\"subscription_count\":1,\"occupied\":true}");
            assertThat(api.get("/apps/les/channels/nobody"))
                    .isEqualTo("200 {\"subscription_count\":0,\"occupied\":false}");
        }

        @Test
        void haveUsersIfTheyArePresenceChannels() {
            api.subscribers.put("presence-r", 3);
            api.joined("presence-r", "1.1", "{\"user_id\":1,\"user_info\":{\"n\":9007199254740993}}");
            api.joined("presence-r", "1.2", "{\"user_id\":\"b\"}");
            api.joined("presence-r", "1.3", "{\"user_id\":1,\"user_info\":\"newer\"}");

            assertThat(api.get("/apps/les/channels/presence-r"))
                    .isEqualTo("200 {\"subscription_count\":3,\"occupied\":true,\"user_count\":2}");
            assertThat(api.get("/apps/les/channels/presence-r/users"))
                    .isEqualTo("200 {\"users\":[{\"id\":1,\"user_info\":{\"n\":9007199254740993}},{\"id\":\"b\"}]}");
            assertThat(api.get("/apps/les/channels/presence-x/users")).isEqualTo("200 {\"users\":[]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "private-a", "my-presence-a", "%00"})
        void haveNoUsersOtherwise(String channel) {
            assertThat(api.get("/apps/les/channels/" + channel + "/users"))
                    .isEqualTo("400 {\"error\":\"User list is only possible for Presence Channels\"}");
        }
    }

    @Nested
    final class ChannelsOfApps {

        @Test
        void areListedWithWhatIsAskedFor() {
            api.subscribers.put("a", 1);
            api.subscribers.put("presence-r", 2);
            api.joined("presence-r", "1.1", "{\"user_id\":1}");

            assertThat(api.signed("GET", "/apps/3/channels", ""))
                    .isEqualTo("200 {\"channels\":{\"a\":{},\"presence-r\":{}}}");
            assertThat(api.signed("GET", "/apps/3/channels", "", "filter_by_prefix=presence-", "info=user_count"))
                    .isEqualTo("200 {\"channels\":{\"presence-r\":{\"user_count\":1}}}");
            assertThat(api.signed("GET", "/apps/3/channels/a", "", "info=subscription_count"))
                    .isEqualTo("200 {\"subscription_count\":1,\"occupied\":true}");
            assertThat(api.signed("GET", "/apps/3/channels/a", "")).isEqualTo("200 {\"occupied\":true}");
        }

        @Test
        void doNotTellWhatThereIsNot() {
            assertThat(List.of(
                            api.signed("GET", "/apps/3/channels", "", "info=user_count"),
                            api.signed("GET", "/apps/3/channels/a", "", "info=user_count"),
                            api.signed("GET", "/apps/3/channels/a", "", "info=weather")))
                    .allMatch(answer -> answer.startsWith("400 ") && answer.endsWith(",\"code\":400}"), "is refused");
        }

        @Test
        void nameTheirUsersAsTexts() {
            api.joined("presence-r", "1.1", "{\"user_id\":1,\"user_info\":{\"a\":1}}");

            assertThat(api.signed("GET", "/apps/3/channels/presence-r/users", ""))
                    .isEqualTo("200 {\"users\":[{\"id\":\"1\"}]}");
            assertThat(api.signed("GET", "/apps/3/channels/presence-r/users", "", "with_user_info=1"))
                    .isEqualTo("200 {\"users\":[{\"id\":\"1\",\"user_info\":{\"a\":1}}]}");
            assertThat(api.signed("GET", "/apps/3/channels/a/users", "")).startsWith("400 ");
        }
    }

    @Test
    void saysHowTheServerIs() throws Exception {
        String answer = api.get("/apps/les/status");
        JsonNode status = new ObjectMapper().readTree(answer.replaceFirst("200 ", ""));

        assertThat(status.path("subscription_count").asInt()).isEqualTo(7);
        assertThat(status.path("uptime").isDouble()).isTrue();
        assertThat(List.of("rss", "heapTotal", "heapUsed", "external", "arrayBuffers"))
                .allMatch(name -> status.at("/memory_usage/" + name).isIntegralNumber());
        assertThat(status.at("/memory_usage/rss").asLong())
                .isGreaterThan(status.at("/memory_usage/heapUsed").asLong());
    }

    @Test
    void saysThatItDoesNotKnowInsteadOfAWrongNumber() {
        api.census = selection -> CompletableFuture.failedStage(new CensusException("A node did not answer"));

        assertThat(api.get("/apps/les/channels")).isEqualTo("503 {\"error\":\"A node did not answer\"}");
        assertThat(api.get("/apps/les/status")).startsWith("503 ");
        assertThat(api.signed("GET", "/apps/3/channels/a", ""))
                .isEqualTo("503 {\"error\":\"A node did not answer\",\"code\":503}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence-r", "presence-r/users"})
    void countsAndListsTheMembersOfAChannelOnlyIfEveryNodeAnswers(String path) {
        api.joined("presence-r", "1.1", "{\"user_id\":1}");
        api.census = selection -> CompletableFuture.failedStage(new CensusException("A node did not answer"));

        assertThat(api.get("/apps/les/channels/" + path)).isEqualTo("503 {\"error\":\"A node did not answer\"}");
    }
}
