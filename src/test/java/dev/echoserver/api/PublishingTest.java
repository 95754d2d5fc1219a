package dev.echoserver.api;

import static dev.echoserver.api.ApiFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.DropReason;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishingTest {
    private static final String OK = "200 {\"message\":\"ok\"}";
    private static final String INCOMPLETE = "400 {\"error\":\"Event must include channel, event name and data\"}";

    private final ApiFixture api = new ApiFixture();

    @Nested
    final class AnEvent {

        @Test
        void goesToOneChannel() {
            assertThat(api.publish("{'name':'App\\\\E','channel':'news','data':{'n':9007199254740993}}"))
                    .isEqualTo(OK);
            assertThat(api.published).containsExactly("news \"App\\\\E\" {\"n\":9007199254740993}");
        }

        @Test
        void goesToManyChannelsInOrderWhateverElseIsNamed() {
            assertThat(api.publish("{'channels':['b','a','private-c'],'channel':'x','name':'e','data':[1, 2]}"))
                    .isEqualTo(OK);
            assertThat(api.published).containsExactly("b \"e\" [1, 2]", "a \"e\" [1, 2]", "private-c \"e\" [1, 2]");
        }

        @Test
        void leavesOutASocketAndDoesNotTellItsId() {
            api.publish("{'name':'e','channel':'a','data':{'socket':'1.2'},'socket_id':'1.2'}");

            assertThat(api.published).containsExactly("a \"e\" {\"socket\":null} but 1.2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "''", "5"})
        void leavesOutNobodyWithoutAnId(String socket) {
            api.publish("{'name':'e','channel':'a','data':1,'socket_id':" + socket + "}");

            assertThat(api.published).containsExactly("a \"e\" 1");
        }

        /** Source: laravel-echo-server 1.6.3 names rooms of socket.io 2, for which a number is its text. */
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '^',
                delimiter = '|',
                value = {
                    "'channel':7             | 7",
                    "'channel':-1.50         | -1.5",
                    "'channel':7.0           | 7",
                    "'channel':true          | true",
                    "'channel':['a']         | a",
                    "'channels':'a'          | a",
                    "'channels':7            | 7",
                    "'channels':[7]          | 7",
                    "'channels':0,'channel':7| 7",
                })
        void namesItsChannelAsInJavaScript(String named, String channel) {
            assertThat(api.publish("{'name':'e'," + named + ",'data':1}")).isEqualTo(OK);
            assertThat(api.published).containsExactly(channel + " \"e\" 1");
        }

        @Test
        void mayHaveANumberForAName() {
            assertThat(api.publish("{'name':5,'channel':'a','data':1}")).isEqualTo(OK);
            assertThat(api.published).containsExactly("a \"5\" 1");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '^',
                delimiter = '|',
                value = {
                    "'{\\'j\\':9007199254740993}' | {'j':9007199254740993}",
                    "'5' | 5",
                    "' null ' | null",
                    "'\\'twice\\'' | 'twice'",
                    "'plain text' | 'plain text'",
                    "'1,2' | '1,2'",
                    "'1}{' | '1}{'",
                    "'gr\\u00fc\\u00dfe' | 'gr\\u00fc\\u00dfe'",
                    "true | true",
                    "{} | {}"
                })
        void hasItsDataDecodedOnceIfItIsAStringOfJson(String data, String published) {
            assertThat(api.publish("{'name':'e','channel':'a','data':" + data + "}"))
                    .isEqualTo(OK);
            assertThat(api.published).containsExactly("a \"e\" " + quoted(published));
        }
    }

    @Nested
    final class NothingIsPublished {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'name':'e','channel':'a'}",
                    "{'name':'e','data':1}",
                    "{'channel':'a','data':1}",
                    "{'name':'','channel':'a','data':1}",
                    "{'name':'e','channel':'','data':1}",
                    "{'name':'e','channel':'a','data':null}",
                    "{'name':'e','channel':'a','data':false}",
                    "{'name':'e','channel':'a','data':0.0}",
                    "{'name':'e','channel':'a','data':''}",
                })
        void ofWhatIsIncomplete(String body) {
            assertThat(api.publish(body)).isEqualTo(INCOMPLETE);
            assertThat(api.published).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "nonsense",
                    "[]",
                    "{",
                    "{'name':'e','channel':'a','data':1}}",
                    "{'name':'e','channel':'a','data':01}",
                    "{'name':'e','channels':{'0':'a'},'data':1}",
                    "{'name':'e','channels':['a',null],'data':1}",
                    "{'name':'e','channels':['a',['b']],'data':1}",
                    "{'name':'e','channel':{'a':1},'data':1}",
                    "{'name':'e','channel':1e30,'data':1}",
                    "{'name':'e','channels':['a',''],'data':1}",
                    "{'name':true,'channel':'a','data':1}",
                    "{'name':{},'channel':'a','data':1}",
                    "{'name':'e','channel':'a\\u0000','data':1}",
                })
        void ofWhatIsMalformed(String body) {
            assertThat(api.publish(body)).startsWith("400 {\"error\":\"");
            assertThat(api.published).isEmpty();
        }

        @Test
        void thatNestsTooDeep() {
            String deep = "[".repeat(5000) + "]".repeat(5000);

            assertThat(api.publish("{'name':'e','channel':'a','data':" + deep + "}"))
                    .startsWith("400 ");
            assertThat(api.publish("{'name':'e','channel':'a','data':'" + deep + "'}"))
                    .isEqualTo(OK);
            assertThat(api.published).containsExactly("a \"e\" \"" + deep + "\"");
        }

        @Test
        void thatIsTooMuchForAllItsChannelsTogether() {
            String channels = "['" + "a','".repeat(400) + "a']";
            String data = "'" + "x".repeat(100_000) + "'";

            assertThat(api.publish("{'name':'e','channels':" + channels + ",'data':" + data + "}"))
                    .startsWith("413 {\"error\":\"The data, once for each channel, has 40100802 bytes");
            assertThat(api.published).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
        void withANameThatClientsKeepForThemselves(String name) {
            assertThat(api.publish("{'name':'" + name + "','channel':'a','data':1}"))
                    .startsWith("400 ");
            assertThat(api.published).isEmpty();
            assertThat(api.drops.count(DropReason.RESERVED_EVENT)).isOne();
        }

        @ParameterizedTest
        @ValueSource(strings = {"echo-server:peers", "echo-server:", "PresenceChannelUpdated"})
        void onAChannelBetweenServers(String channel) {
            assertThat(api.publish("{'name':'e','channels':['a','" + channel + "'],'data':1}"))
                    .startsWith("400 ");
            assertThat(api.published).isEmpty();
            assertThat(api.drops.count(DropReason.INVALID_CHANNEL)).isOne();
        }
    }

    @Nested
    final class ASignedRequest {

        private String event(String more) {
            return quoted("{'name':'e','data':'{\\'a\\':1}'" + more + "}");
        }

        @Test
        void publishesAsPusherDoes() {
            String answer = api.signed("POST", "/apps/3/events", event(",'channels':['a','b'],'socket_id':'1.2'"));

            assertThat(answer).isEqualTo("200 {}");
            assertThat(api.published).containsExactly("a \"e\" {\"a\":1} but 1.2", "b \"e\" {\"a\":1} but 1.2");
        }

        @Test
        void isToldWhatItAsksFor() {
            api.subscribers.put("presence-a", 2);
            api.joined("presence-a", "1.1", "{\"user_id\":1}");
            api.joined("presence-a", "1.2", "{\"user_id\":1}");
            String body = event(",'channels':['presence-a'],'info':'user_count,subscription_count'");

            assertThat(api.signed("POST", "/apps/3/events", body))
                    .isEqualTo("200 {\"channels\":{\"presence-a\":{\"subscription_count\":2,\"user_count\":1}}}");
        }

        @Test
        void publishesSeveralEvents() {
            String batch = "{\"batch\":[" + event(",'channel':'a'") + "," + event(",'channel':'b'") + "]}";

            assertThat(api.signed("POST", "/apps/3/batch_events", batch)).isEqualTo("200 {}");
            assertThat(api.published).containsExactly("a \"e\" {\"a\":1}", "b \"e\" {\"a\":1}");
        }

        @Test
        void isToldAboutEachEventInOrder() {
            api.subscribers.put("b", 3);
            String batch = "{\"batch\":[" + event(",'channel':'a'") + ","
                    + event(",'channel':'b','info':'subscription_count'") + "]}";

            assertThat(api.signed("POST", "/apps/3/batch_events", batch))
                    .isEqualTo("200 {\"batch\":[{},{\"subscription_count\":3}]}");
        }

        @Test
        void publishesNothingOfABatchWithAMistake() {
            String batch = "{\"batch\":[" + event(",'channel':'a'") + "," + event("") + "]}";

            assertThat(api.signed("POST", "/apps/3/batch_events", batch))
                    .startsWith("400 ")
                    .endsWith(",\"code\":400}");
            assertThat(api.signed("POST", "/apps/3/batch_events", "{\"batch\":{}}"))
                    .startsWith("400 ");
            assertThat(api.published).isEmpty();
        }

        @Test
        void isBounded() {
            String channels = "['" + "a','".repeat(100) + "a']";
            String batch = Stream.generate(() -> event(",'channel':'a'"))
                    .limit(11)
                    .toList()
                    .toString();
            String longName = "{'name':'" + "n".repeat(201) + "','channel':'a','data':'1'}";

            assertThat(List.of(
                            api.signed("POST", "/apps/3/events", event(quoted(",'channels':" + channels))),
                            api.signed("POST", "/apps/3/events", quoted(longName)),
                            api.signed("POST", "/apps/3/batch_events", "{\"batch\":" + batch + "}")))
                    .allMatch(answer -> answer.startsWith("400 "), "is refused");
            assertThat(api.published).isEmpty();
        }

        @Test
        void mayNameAHundredChannels() {
            String channels = IntStream.range(0, 100)
                    .mapToObj(n -> "\"c" + n + "\"")
                    .toList()
                    .toString();

            assertThat(api.signed("POST", "/apps/3/events", event(",'channels':" + channels)))
                    .isEqualTo("200 {}");
            assertThat(api.published).hasSize(100);
        }
    }
}
