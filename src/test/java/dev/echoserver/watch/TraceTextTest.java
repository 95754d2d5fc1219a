package dev.echoserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceTextTest {
    private static List<String> lines(Paint paint, int columns, String json) {
        try {
            TracedEvent event = TracedEvent.of(new JsonMapper().readTree(json));
            return new TraceText(paint, columns, ZoneOffset.UTC).of(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(String json) {
        return lines(Paint.NONE, 80, json);
    }

    @Test
    void tellTheWayOfAnEvent() {
        assertThat(lines("""
                        {"at":"2026-11-21T20:31:05.123Z","origin":"redis","received":"laravel_database_orders",
                         "channel":"orders","event":"App\\\\Events\\\\OrderShipped","bytes":213,"sockets":3,"micros":412,
                         "hints":[]}"""))
                .containsExactly("20:31:05.123  redis    laravel_database_orders → orders  App\\Events\\OrderShipped"
                        + "  213 B  3 sockets  0.4 ms");
    }

    @Test
    void nameAChannelOnceIfThereIsNoPrefix() {
        assertThat(lines("""
                        {"at":"2026-11-21T20:31:05.123Z","origin":"whisper","received":"private-a","channel":"private-a",
                         "event":"client-typing","bytes":2048,"sockets":1,"micros":1500000}"""))
                .containsExactly("20:31:05.123  whisper  private-a  client-typing  2.0 KiB  1 socket  1500 ms");
    }

    @Test
    void markHintsAndBreakThemBetweenWords() {
        assertThat(lines(Paint.NONE, 60, """
                        {"at":"2026-11-21T20:31:05.123Z","origin":"api","channel":"orders","event":"paid","bytes":2,
                         "sockets":0,"hints":["3 sockets are on \\"laravel_database_orders\\": set keyPrefix.","Second."]}"""))
                .containsExactly(
                        "20:31:05.123  api      orders  paid  2 B  reached nobody",
                        "              ! 3 sockets are on \"laravel_database_orders\":",
                        "                set keyPrefix.",
                        "              ! Second.");
    }

    @Test
    void sayWhyItWasDropped() {
        assertThat(lines("""
                        {"at":"2026-11-21T20:31:05.123Z","origin":"redis","received":"x","channel":"x","bytes":9,"sockets":0,
                         "dropped":"NOT_JSON","hints":["It is not JSON."]}"""))
                .containsExactly("20:31:05.123  redis    x  9 B  dropped: NOT_JSON", "              ! It is not JSON.");
    }

    @Test
    void cannotBeMisusedToWriteOnTheTerminal() {
        assertThat(lines("""
                        {"at":"2026-11-21T20:31:05.123Z","origin":"redis","received":"a\\u001b[2J","channel":"b\\r\\n",
                         "event":"\\u009b31m","bytes":9,"sockets":1,"micros":1,"hints":["\\u0007\\u202e"]}"""))
                .containsExactly(
                        "20:31:05.123  redis    a?[2J → b??  ?31m  9 B  1 socket  0.0 ms", "              ! ??");
    }

    @Test
    void areColouredOnATerminal() {
        assertThat(lines(new Paint(true), 80, "{\"channel\":\"x\",\"sockets\":0,\"hints\":[]}"))
                .singleElement()
                .asString()
                .contains("\u001b[1;31mreached nobody\u001b[0m");
    }

    @Test
    void canBeMadeOfWhatAnotherVersionSends() {
        assertThat(lines("{\"channel\":\"x\"}")).containsExactly("00:00:00.000  ?        x  0 B  reached nobody");
    }
}
