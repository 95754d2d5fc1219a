package dev.echoserver.php;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same questions to Laravel's code and to ours. */
final class RealPhpIT {
    private static final List<String> NAMES = List.of(
            "Привет, мир!",
            "Ёлка и Съезд",
            "Київ Львів ґанок",
            "Ελληνικά Ευρώ Αύριο ου",
            "مرحبا بالعالم",
            "متجر پارسی گچ ژ",
            "हिन्दी समाचार",
            "ქართული მაღაზია",
            "Հայերեն խանութ",
            "বাংলা ক্ষ্ম",
            "မြန်မာ",
            "한국어",
            "日本語 ショップ",
            "商店",
            "ไทย",
            "עברית",
            "½ Price €5 £3 ¥ © ™ №",
            "İstanbul Iğdır ŞOK",
            "Ŀ ŉ ſ ß ẞ Œ Æ",
            "Tiếng Việt Đường",
            "e\u0301 decomposed",
            "a\u00a0b\u2003c\u200bd",
            "x\u2013y\u2014z “q” ‘s’ …",
            "😀 Shop 😀",
            "１２３ ＡＢＣ",
            "²³ ⅓ Ⅳ",
            "Ǆ ǅ ǆ",
            "A_B-C  D@E",
            "\u0130\u0131",
            "",
            "!!!",
            "İ",
            "ΑΎΡΙΟ αύριο",
            "ου Ου ΟΥ",
            "\tTab\u000bVT",
            "Œuvre",
            "__a__",
            "--",
            "@",
            "K\u212A \u212B");

    private static final List<String> ENVS = List.of(
            "export APP_NAME=Shop\nexport\tBB='x y'\n",
            "A=1\nB=${A}2\nC=\"${A} ${MISSING} ${B}\"\nD='${A}'\n",
            "A=\"two\nlines\"\nB=x\n",
            "A=1\rB=2\r",
            "A=value # comment\nB=a#b\nC=\"a#b\" # c\nD=#\nE=\n",
            "A=\"q \\\"x\\\" \\\\ \\n\\t \\$B\"\n",
            "  A = b  \n\r\nB=c\r\n",
            "# A=1\n\n#\nB=2",
            "A=1\nA=2\n",
            "\"A\"=1\n'B'=2\n",
            "A='it#s'\nB=\"\"\nC=''\n",
            "A=\\x\nB=a\\nb\n",
            "A=$B\nB=a$b${A}c\n",
            "A.B=1\n_C=Ünïcode\n",
            "A=\"${B}\"\nB=1\n",
            "A=a'b\nB=a\"b\n",
            "exporter=1\nexportA=2\n");

    @BeforeEach
    void needPhp() {
        RealPhp.isNeeded();
    }

    @Test
    void theTableOfCharactersIsLaravels() throws IOException {
        try (InputStream table = Objects.requireNonNull(AsciiText.class.getResourceAsStream("ascii.txt"))) {
            assertThat(new String(table.readAllBytes(), UTF_8)).isEqualTo(RealPhp.output("ascii.php", ""));
        }
    }

    @Test
    void namesInAnyScriptBecomeLaravelsSlugs() throws IOException {
        List<String> names =
                Stream.concat(NAMES.stream(), randomNames().stream()).toList();

        JsonNode slugs = RealPhp.facts("slugs", names);

        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(List.of(Slug.of(name, '_'), Slug.of(name, '-')))
                    .as(name)
                    .containsExactly(
                            slugs.at("/" + i + "/0").asText(),
                            slugs.at("/" + i + "/1").asText());
        }
    }

    /** Of neighbouring characters, so that those that make one replacement together come too. */
    private static List<String> randomNames() {
        Random random = new Random(20261201);
        List<String> names = new ArrayList<>();
        for (int block = 0x20; block < 0x3000; block += 0x10) {
            int start = block;
            names.add(IntStream.range(0, 24)
                    .map(i -> start + random.nextInt(0x40))
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining()));
        }
        return names;
    }

    @Test
    void filesOfVariablesAreReadAsLaravelReadsThem() throws IOException {
        JsonNode all = RealPhp.facts("envs", ENVS);

        for (int i = 0; i < ENVS.size(); i++) {
            Map<String, String> expected = new ObjectMapper().convertValue(all.get(i), new TypeReference<>() {});
            assertThat(EnvText.parse(ENVS.get(i), Map.of()))
                    .as(ENVS.get(i))
                    .containsExactlyInAnyOrderEntriesOf(expected);
        }
    }
}
