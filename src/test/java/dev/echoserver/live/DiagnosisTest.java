package dev.echoserver.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.census.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
    private static final Sighting.Delivered TO_NOBODY = new Sighting.Delivered(0, false, false, Duration.ZERO);

    private static Sighting event(String received, String channel, Sighting.Fate fate) {
        return new Sighting(Instant.EPOCH, "redis", received, channel, Optional.of("e"), 2, fate);
    }

    private static List<String> of(String channel, Map<String, Integer> joined) {
        return of(event(channel, channel, TO_NOBODY), joined);
    }

    private static List<String> of(Sighting sighting, Map<String, Integer> joined) {
        return Diagnosis.of(sighting, new Count(7, joined), Optional.empty());
    }

    @Test
    void namesTheKeyPrefixThatIsNotSet() {
        assertThat(of("laravel_database_private-x", Map.of("private-x", 3, "x", 9)))
                .containsExactly("3 sockets are on \"private-x\", and it came on \"laravel_database_private-x\"."
                        + " If it is of your application, set \"keyPrefix\": \"laravel_database_\""
                        + " under databaseConfig.redis.");
    }

    @Test
    void namesTheWholeKeyPrefixWhenThatWhichIsSetIsTooShort() {
        assertThat(of(event("app_db_orders", "db_orders", TO_NOBODY), Map.of("orders", 1)))
                .singleElement()
                .asString()
                .startsWith("1 socket is on \"orders\"")
                .contains("\"keyPrefix\": \"app_db_\"");
    }

    @Test
    void namesTheKeyPrefixOfWhatIsOutsideOfTheOneThatIsSet() {
        assertThat(of(event("other_orders", "other_orders", new Sighting.Foreign()), Map.of("orders", 2)))
                .hasSize(2)
                .last()
                .asString()
                .contains("2 sockets are on \"orders\"", "\"keyPrefix\": \"other_\"");
    }

    @Test
    void seesThatLaravelHasNoKeyPrefixAtAll() {
        assertThat(of(event("orders", "orders", new Sighting.Foreign()), Map.of("orders", 2)))
                .last()
                .asString()
                .contains("set \"keyPrefix\": \"\"");
    }

    @Test
    void seesThatThePageNamesThePrefixItself() {
        assertThat(of(
                        event("laravel_database_private-x", "private-x", TO_NOBODY),
                        Map.of("laravel_database_private-x", 3)))
                .containsExactly("3 sockets are on \"laravel_database_private-x\": the page names the channel with the"
                        + " prefix of Redis in front of it. Write Echo.private('x') there.");
    }

    @Test
    void seesThatThePageListensOnAChannelOfAnotherKind() {
        assertThat(of("private-orders.1", Map.of("orders.1", 1)))
                .containsExactly(
                        "1 socket is on \"orders.1\", but the event is for \"private-orders.1\". In the page, use"
                                + " Echo.private('orders.1'); or change broadcastOn() of the event.");
        assertThat(of("orders", Map.of("presence-orders", 1)))
                .singleElement()
                .asString()
                .contains("Echo.channel('orders')");
    }

    @Test
    void seesThatLettersDiffer() {
        assertThat(of("Orders", Map.of("orders", 1)))
                .containsExactly("1 socket is on \"orders\": small and capital letters differ.");
    }

    @Test
    void saysThatNobodyIsThere() {
        assertThat(of("presence-room.1", Map.of("news", 7)))
                .containsExactly("No browser of this server is on \"presence-room.1\", and none on a channel with a"
                        + " similar name. In the page: Echo.join('room.1')");
        assertThat(Diagnosis.of(event("a", "a", TO_NOBODY), Count.ZERO, Optional.empty()))
                .containsExactly("No browser is connected to this server.");
    }

    @Test
    void saysThatTheOnlyOneThereIsTheSender() {
        Sighting.Delivered fate = new Sighting.Delivered(0, true, false, Duration.ZERO);

        assertThat(of(event("a", "a", fate), Map.of("a", 1)))
                .containsExactly("Only the sender is on this channel, and toOthers() leaves the sender out.");
    }

    @Test
    void tellsOfRefusedBrowsers() {
        assertThat(Diagnosis.of(event("private-a", "private-a", TO_NOBODY), Count.ZERO, Optional.of("refused")))
                .containsExactly("refused");
    }

    @Test
    void hasNothingToSayWhenSomebodyGotIt() {
        Sighting.Delivered fate = new Sighting.Delivered(1, false, false, Duration.ZERO);

        assertThat(of(event("private-a", "private-a", fate), Map.of("a", 1, "private-a", 1)))
                .isEmpty();
    }

    @Test
    void saysWhyItIsNoEvent() {
        assertThat(of(event("a", "a", new Sighting.Dropped(DropReason.NOT_JSON)), Map.of()))
                .containsExactly("Not sent to browsers: not a JSON object.");
        assertThat(of(event("a", "a", new Sighting.Dropped(DropReason.EMPTY)), Map.of()))
                .singleElement()
                .asString()
                .startsWith("Not sent to browsers: empty, because Laravel could not write the event as JSON")
                .contains("Cure: look at the event");
    }
}
