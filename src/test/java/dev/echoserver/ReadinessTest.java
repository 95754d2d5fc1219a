package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.http.Document;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private static String answer(Readiness readiness) {
        Document document = readiness.document();
        return document.status().code() + " " + document.body().strip();
    }

    @Test
    void waitsForRedis() {
        Readiness readiness = new Readiness(true);

        assertThat(answer(readiness))
                .isEqualTo("503 {\"ready\":false,\"reasons\":[\"not subscribed to Redis: connecting\"]}");
        readiness.listening();
        assertThat(answer(readiness)).isEqualTo("200 {\"ready\":true,\"reasons\":[]}");
        readiness.lost("connection refused");
        assertThat(answer(readiness))
                .isEqualTo("503 {\"ready\":false,\"reasons\":[\"not subscribed to Redis: connection refused\"]}");
    }

    @Test
    void isThereAtOnceWithoutRedis() {
        assertThat(answer(new Readiness(false))).startsWith("200 ");
    }

    @Test
    void endsWhenTheServerBeginsToStop() {
        Readiness readiness = new Readiness(false);

        readiness.stopping();

        assertThat(answer(readiness)).isEqualTo("503 {\"ready\":false,\"reasons\":[\"stopping\"]}");
    }
}
