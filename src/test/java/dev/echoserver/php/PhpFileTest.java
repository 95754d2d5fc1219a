package dev.echoserver.php;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhpFileTest {
    private static final Map<String, String> VARIABLES = Map.of("NAME", "My App", "NOTHING", "null", "EMPTY", "");

    private static PhpSetting written(String expression) {
        return PhpFile.of("<?php return ['a' => " + expression + ", 'b' => 1];").at("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'it\\'s \\n'                                           | `it's \\n`",
                "\"it's \\$\"                                           | it's $",
                "null                                                   | ``",
                "env('NAME').'_'                                        | My App_",
                "env('NONE', 'x'.'y')                                   | xy",
                "env(\"NOTHING\", 'x')                                  | ``",
                "env('NOTHING') ?? 'x'                                  | x",
                "env('EMPTY') ?: Str::slug(env('NAME')).':'             | my-app:",
                "\\Illuminate\\Support\\Str::slug((string) env('NAME'), '_') | my_app",
                "str_slug(env('NAME'), '_')/* no */.'_database' // b    | my_app_database",
                "(env('NAME'))                                          | My App",
                "16 . 0                                                 | 160",
                "Str::lower(env('NAME',),)                              | my app"
            })
    void theExpressionsOfConfigurationFilesHaveAValue(String expression, String value) {
        assertThat(written(expression + "\n").text(VARIABLES)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$prefix",
                "\"{$x}_\"",
                "\"a\\n\"",
                "config('app.name')",
                "env('NAME') ? 'a' : 'b'",
                "Str::slug(env('NAME'), '.')",
                "Str::slug(env('NAME'), '-', 'de')",
                "env($x, 'y')",
                "env('NONE', $x)",
                "env('NAME'",
                "'a' .",
                "PREFIX",
                "fn () => 'a'",
                "0x1F",
                "012",
                "1_000",
                "1e3",
                "1.50",
                "99999999999999999999",
                "'caf\uFFFD'",
                "Str::slug('caf\uFFFD')",
                ""
            })
    void whatOnlyPhpCanTellHasNone(String expression) {
        assertThat(written(expression).text(VARIABLES)).isEmpty();
        assertThat(written(expression).isAbsent()).isFalse();
    }

    @Test
    void aSettingIsFoundInNestedArraysOfBothKinds() {
        PhpFile file = PhpFile.of("""
                <?php
                // return ['a' => ['b' => 'comment']];
                use Illuminate\\Support\\Str;
                return array (
                  0 => 'x', 'other' => ['b' => 'no', 'a' => ['b' => 'no']],
                  # 'a' => 1
                  'a' => array ('c' => Foo::__set_state(array('b' => 'no')), 'b' => 'yes', ),
                );
                """);

        assertThat(file.at("a", "b").text(Map.of())).contains("yes");
        assertThat(file.at("a", "d").isAbsent()).isTrue();
        assertThat(file.at("d", "b").isAbsent()).isTrue();
        assertThat(file.at("a").mentions("yes")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?php return array_merge(['a' => ['b' => 'x']], []);",
                "<?php return ['a' => ['b' => 'x'] + $more];",
                "<?php return ['a' => $a];",
                "<?php return ['a' => [...$more]];",
                "<?php return ['a' => ['b' => <<<'X'\nx\nX]];",
                "<?php return ['a' => ['b' => 'x'",
                "<?php function c() { return ['a' => ['b' => 'x']]; } return ['a' => ['b' => 'y']];",
                "<?php if (A) { return ['a' => ['b' => 'x']]; }",
                "<?php if (A) return ['a' => ['b' => 'x']];",
                "<?php if (A): f(); return ['a' => ['b' => 'x']]; endif;",
                "<?php return ['a' => ['b' => 'x']]; return ['a' => ['b' => 'y']];",
                "<?php if (A) { f(); } else return ['a' => ['b' => 'x']];",
                "<?php return ['a' => [B => 'x']];",
                "<?php return ['a' => ['b' => 'x', B => 'y']];",
                "<?php return ['a' => ['b' => 'x', 'b' . '' => 'y']];",
                "<?php return ['a' => ['c' => 'x', \"$b\" => 'y']];",
                "<?php return [f('c') => ['b' => 'x']];",
                "<?php",
                ""
            })
    void whereArraysAreMadeByPhpNothingIsSaid(String code) {
        PhpSetting setting = PhpFile.of(code).at("a", "b");

        assertThat(setting.isAbsent()).isFalse();
        assertThat(setting.text(Map.of())).isEmpty();
    }

    @Test
    void onlyTheReturnOfTheFileCountsAndKeysAfterAComputedOne() {
        PhpFile file = PhpFile.of("""
                <?php
                declare(strict_types=1);
                if (A) { define('B', 1); }
                return [
                    'c' => function () { return ['d' => 'no']; },
                    'a' => [B => 'x', 0 => 'y', 'b' => 'yes'],
                ];
                """);

        assertThat(file.at("a", "b").text(Map.of())).contains("yes");
        assertThat(file.at("d").isAbsent()).isTrue();
    }
}
