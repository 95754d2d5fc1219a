package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientsTextTest {
    private static final String TABS = """
            {
            \t"authHost": "http://a",
            \t"clients": [
            \t\t{
            \t\t\t"appId": "one",
            \t\t\t"key": "k1"
            \t\t}
            \t],
            \t"unknown": [1.50, 1e3, 67108864],
            \t"port": "6001"
            }
            """;

    @Nested
    final class Adding {
        @Test
        void putsAnotherBehindTheLast() {
            assertThat(ClientsText.of(TABS).with("two", "k2")).isEqualTo(TABS.replace("\t\t}\n\t],", """
                            \t\t},
                            \t\t{
                            \t\t\t"appId": "two",
                            \t\t\t"key": "k2"
                            \t\t}
                            \t],"""));
        }

        @Test
        void fillsAnEmptyList() {
            assertThat(ClientsText.of("{\r\n  \"clients\": [],\r\n  \"port\": 1\r\n}")
                            .with("a", "k"))
                    .isEqualTo("""
                            {
                              "clients": [
                                {
                                  "appId": "a",
                                  "key": "k"
                                }
                              ],
                              "port": 1
                            }""".replace("\n", "\r\n"));
        }

        @Test
        void makesTheListWhereThereIsNone() {
            assertThat(ClientsText.of("{\n    \"port\": 1\n}\n").with("a", "k")).isEqualTo("""
                            {
                                "port": 1,
                                "clients": [
                                    {
                                        "appId": "a",
                                        "key": "k"
                                    }
                                ]
                            }
                            """);
            assertThat(ClientsText.of("{\"clients\": null}").with("a", "k"))
                    .isEqualTo("{\"clients\": [{\"appId\": \"a\", \"key\": \"k\"}]}");
        }

        @Test
        void staysOnOneLineWhereAllIsOnOne() {
            assertThat(ClientsText.of("{\"clients\":[{\"appId\":1,\"key\":\"k\"}],\"a\":1}")
                            .with("b", "l"))
                    .isEqualTo(
                            "{\"clients\":[{\"appId\":1,\"key\":\"k\"}, {\"appId\": \"b\", \"key\": \"l\"}],\"a\":1}");
            assertThat(ClientsText.of("{\"a\":1}").with("b", "l"))
                    .isEqualTo("{\"a\":1, \"clients\": [{\"appId\": \"b\", \"key\": \"l\"}]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{ }", "{\n}", "{\n}\n", "\uFEFF{}"})
        void worksInAnEmptyFile(String text) {
            String added = ClientsText.of(text).with("ü\"\\", "k");

            assertThat(ServerConfig.of(added).clients()).containsExactly(new ApiClient("ü\"\\", "k"));
        }

        @Test
        void givesAKnownOneANewKey() {
            assertThat(ClientsText.of(TABS).with("one", "k2")).isEqualTo(TABS.replace("k1", "k2"));
            assertThat(ClientsText.of("{\"clients\":[{\"key\":\"k\",\"appId\":17}]}")
                            .with("17", "l"))
                    .isEqualTo("{\"clients\":[{\"key\":\"l\",\"appId\":17}]}");
            assertThat(ClientsText.of("{\"clients\":[{\"appId\":17}]}").with("17", "l"))
                    .isEqualTo("{\"clients\":[{\"appId\": \"17\", \"key\": \"l\"}]}");
        }
    }

    @Nested
    final class Removing {
        @Test
        void leavesAnEmptyListBehindTheLast() {
            assertThat(ClientsText.of("{\"clients\": [ {\"appId\":1} ], \"a\": 1.0}")
                            .without("1"))
                    .isEqualTo("{\"clients\": [], \"a\": 1.0}");
        }

        @Test
        void takesTheCommaAlong() {
            String two = ClientsText.of(TABS).with("two", "k2");
            String three = ClientsText.of(two).with("three", "k3");

            assertThat(ClientsText.of(three).without("three")).isEqualTo(two);
            assertThat(ClientsText.of(two).without("two")).isEqualTo(TABS);
            assertThat(ClientsText.of(ClientsText.of(three).without("two")).without("three"))
                    .isEqualTo(TABS);
            assertThat(ServerConfig.of(ClientsText.of(three).without("one")).clients())
                    .containsExactly(new ApiClient("two", "k2"), new ApiClient("three", "k3"));
        }

        @Test
        void takesAllOfThatName() {
            assertThat(ClientsText.of("{\"clients\":[{\"appId\":1},{\"appId\":\"1\"},{\"appId\":2}]}")
                            .without("1"))
                    .isEqualTo("{\"clients\":[{\"appId\":2}]}");
        }

        @Test
        void ofAnUnknownOneChangesNothing() {
            assertThat(ClientsText.of(TABS).without("1")).isEqualTo(TABS);
        }
    }

    @Test
    void oddElementsAreNoClients() {
        ClientsText text = ClientsText.of("{\"clients\":[7,[{}],{\"a\":{\"appId\":\"x\"}},{\"appId\":\"y\"}]}");

        assertThat(text.has("x")).isFalse();
        assertThat(text.has("y")).isTrue();
        assertThat(text.without("y")).isEqualTo("{\"clients\":[7,[{}],{\"a\":{\"appId\":\"x\"}}]}");
    }

    @Test
    void theListThatCountsIsTheLast() {
        String text = "{\"clients\":[{\"appId\":1}],\"clients\":[]}";

        assertThat(ClientsText.of(text).has("1")).isFalse();
        assertThat(ClientsText.of(text).with("2", "k"))
                .isEqualTo("{\"clients\":[{\"appId\":1}],\"clients\":[{\"appId\": \"2\", \"key\": \"k\"}]}");
    }

    @Test
    void problemsPreventAChange() {
        assertThat(ClientsText.problems("{\"clients\":[],}".getBytes(UTF_8))).hasSize(1);
        assertThat(ClientsText.problems("{\"clients\":\"a\"}".getBytes(UTF_8)))
                .singleElement()
                .asString()
                .startsWith("$.clients: is not a list");
        assertThat(ClientsText.problems(TABS.getBytes(UTF_8))).isEmpty();
        assertThat(ClientsText.problems("{\"clients\":null}".getBytes(UTF_8))).isEmpty();
    }
}
