package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobPatternTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,                 *
            laravel_database_,  laravel_database_*
            my-app-database-,   my-app-database-*
            a*b,                a\\*b*
            a?b,                a\\?b*
            [a]^-,              \\[a]^-*
            a\\b,               a\\\\b*
            $1,                 $1*
            """)
    void takesThePrefixLiterally(String prefix, String pattern) {
        assertThat(GlobPattern.startingWith(prefix)).isEqualTo(pattern);
    }
}
