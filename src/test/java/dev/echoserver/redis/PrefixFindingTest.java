package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Finding.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrefixFindingTest {
    private static final Duration LISTENING = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "laravel_database_orders, laravel_database_",
        "my-shop-database-private-orders, my-shop-database-",
        "shop:private-orders.7, shop:",
        "presence-chat, ''"
    })
    void readsThePrefixFromTheName(String name, String prefix) {
        assertThat(PrefixGuess.of(name)).hasValue(prefix);
    }

    @Test
    void knowsNoPrefixOfANameThatTellsNone() {
        assertThat(PrefixGuess.of("shop_orders")).isEmpty();
    }

    @Test
    void isContentOnceOneEventHasTheOwnPrefix() {
        Finding finding = PrefixFinding.of("a_", List.of("a_orders"), List.of("b_database_orders"), LISTENING);

        assertThat(finding.level()).isEqualTo(Level.OK);
    }

    @Test
    void saysNothingAboutSilence() {
        Finding finding = PrefixFinding.of("a_", List.of(), List.of(), LISTENING);

        assertThat(finding.level()).isEqualTo(Level.NOT_CHECKED);
        assertThat(finding.what()).contains("in 5 s", "--seconds 60");
    }

    @Test
    void writesThePrefixThatWasHeardEvenIfItIsNone() {
        assertThat(PrefixFinding.of("a_", List.of(), List.of("private-x"), LISTENING)
                        .cure())
                .contains("    \"databaseConfig\": { \"redis\": { \"keyPrefix\": \"\" } }");
    }

    @Test
    void escapesWhatIsWrittenIntoAFile() {
        assertThat(PrefixFinding.of("", List.of(), List.of("a\"b_database_x"), LISTENING)
                        .cure())
                .contains("    \"databaseConfig\": { \"redis\": { \"keyPrefix\": \"a\\\"b_database_\" } }");
    }

    @Test
    void takesANameWithLaravelsPrefixForForeignIfNoneIsSet() {
        assertThat(PrefixGuess.fits("laravel_database_orders", "")).isFalse();
        assertThat(PrefixGuess.fits("orders", "")).isTrue();
    }
}
