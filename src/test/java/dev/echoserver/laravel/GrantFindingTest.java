package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.AuthAnswers;
import dev.echoserver.doctor.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrantFindingTest {

    private static Finding finding(String body, AuthAnswers granting) {
        return new GrantFinding("https://app.test", "text/html", granting).of(body);
    }

    private static String seen(String body, AuthAnswers granting) {
        Finding finding = finding(body, granting);
        return finding.level() + " " + finding.id();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true                  | FAULT auth.open          | FAULT auth.open",
                "`{\"auth\":\"k:h\"}`  | FAULT auth.open          | FAULT auth.open",
                "false                 | OK auth                  | OK auth",
                "`\uFEFFnull`          | OK auth                  | OK auth",
                "` \n`                 | FAULT auth.broadcaster   | FAULT auth.broadcaster",
                "<html>Log in          | FAULT auth.not-json      | FAULT auth.not-json",
                "Log in                | FAULT auth.not-json      | FAULT auth.not-json",
                "`{\"code\":401}`      | WARNING auth.error-object | FAULT auth.open",
                "`{\"ok\":true}`       | WARNING auth.other-answer | FAULT auth.open",
                "[]                    | WARNING auth.other-answer | FAULT auth.open",
            })
    void saysOfWhichKindAnAnswerIsAndWhatItOpens(String body, String byDefault, String ifAnyOpens) {
        assertThat(seen(body, AuthAnswers.LARAVEL)).isEqualTo(byDefault);
        assertThat(seen(body, AuthAnswers.ANY)).isEqualTo(ifAnyOpens);
    }

    @Test
    void namesTheSettingThatShutsWhatAnyAnswerOpens() {
        Finding finding = finding("<html>", AuthAnswers.ANY);

        assertThat(finding.why()).isEqualTo("Whoever knows the name of a private channel hears its events.");
        assertThat(finding.cure()).anyMatch(line -> line.contains("\"authAnswers\": \"laravel\""));
    }
}
