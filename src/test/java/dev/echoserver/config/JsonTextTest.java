package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextTest {

    @Nested
    final class SyntaxErrors {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"port\": 1,\\n}|line 2, column 1|Remove the comma before }",
                    "{\"clients\": [1,]}|line 1, column 16|Remove the comma before ]",
                    "{\\n  // port\\n  \"port\": 1}|line 2, column 3|JSON has no comments",
                    "{\\n  # port\\n  \"port\": 1}|line 2, column 3|JSON has no comments",
                    "{\"a\": 1\\n \"b\": 2}|line 2, column 2|Write a comma",
                    "{'a': 1}|line 1, column 2|Write double quotes",
                    "{\"a\": {|line 1, column 8|Something is not closed",
                    "`   `|$|Write {}",
                    "{} {}|line 1, column 4|Look at this place"
                })
        void nameThePlaceAndTheCure(String text, String place, String cure) {
            Findings findings = new Findings();

            assertThat(JsonText.parse(text.replace("\\n", "\n").getBytes(UTF_8), findings))
                    .isEmpty();
            assertThat(findings.rejected().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.path()).startsWith(place);
                assertThat(problem.message()).doesNotContain("code", "ALLOW_");
                assertThat(problem.cure()).contains(cure);
            });
        }
    }

    @Test
    void saysThatItIsNestedTooDeeply() {
        Findings findings = new Findings();

        JsonText.parse("[".repeat(1001).getBytes(UTF_8), findings);

        assertThat(findings.rejected().problems()).singleElement().asString().contains("$: is nested too deeply");
    }

    @Test
    void aByteOrderMarkIsAccepted() {
        assertThat(JsonText.parse("\uFEFF{}".getBytes(UTF_8), new Findings())).isPresent();
    }

    @Test
    void otherEncodingsAreNamed() {
        Findings findings = new Findings();

        assertThat(JsonText.parse("{}".getBytes(UTF_16), findings)).isEmpty();
        assertThat(findings.rejected().problems()).singleElement().asString().contains("Save the file as UTF-8");
    }

    @Test
    void anArrayIsNoConfiguration() {
        Findings findings = new Findings();

        assertThat(JsonText.parse("[1]".getBytes(UTF_8), findings)).isEmpty();
        assertThat(findings.rejected().problems()).singleElement().asString().contains("Start the file with {");
    }

    @Test
    void anEmptyArrayIsAnEmptyObjectOfPhp() {
        Findings findings = new Findings();

        assertThat(JsonText.parse("[]".getBytes(UTF_8), findings)).contains(JsonText.emptyObject());
        assertThat(findings.rejected().problems()).isEmpty();
    }

    @Test
    void aKeyThatStandsTwiceIsNoticedWithItsPath() {
        assertThat(ConfigReader.parse("{\"clients\":[{\"appId\":\"a\",\"appId\":\"b\",\"key\":\"k\"}]}")
                        .notices())
                .singleElement()
                .asString()
                .startsWith("$.clients[0].appId: stands there twice");
    }
}
