package dev.echoserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopTextTest {
    private static final TopText.Size SMALL = new TopText.Size(80, 24);
    private static final String CALM = """
            {"at":"2026-11-21T20:31:05Z","version":"0.1.0","uptimeSeconds":273133,
             "connections":{"websocket":10,"polling":1},"subscriptions":{"public":5,"private":2,"presence":1},
             "channels":7,"broadcastsPerSecond":12.0,"deliveriesPerSecond":120.0,"bytesPerSecond":46387,"dropped":0,
             "busiest":[{"channel":"orders","perSecond":10.0,"sockets":40},{"channel":"news","perSecond":5.0,"sockets":2}],
             "redis":{"listening":true,"address":"127.0.0.1:6379"},
             "auth":{"granted":10,"refused":1,"perSecond":0.5,"millis":12.3},"memoryMiB":120,"loopLagMillis":0.3}""";

    private final TopText text = new TopText(Paint.NONE, ZoneOffset.UTC);

    private static ServerFigures figures(String json) {
        try {
            return ServerFigures.of(new JsonMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> lines(String json, TopText.Size size) {
        return text.of(figures(json), size);
    }

    @Test
    void tellsWhatTheServerDoes() {
        assertThat(lines(CALM, SMALL))
                .containsExactly(
                        " echo-server 0.1.0   up 3 d 3 h                                        20:31:05 ",
                        "",
                        "Redis          listening at 127.0.0.1:6379",
                        "Laravel        10 granted   1 refused   0.5/s   12.3 ms each",
                        "Browsers       11  (1 polling, 10 websocket)",
                        "Subscriptions  8  (1 presence, 2 private, 5 public) on 7 channels",
                        "Events         12.0/s in   120/s to browsers   45.3 KiB/s",
                        "Dropped        0 since the start",
                        "Process        120 MiB   event loops 0.3 ms late",
                        "",
                        "  EVENTS/S   SOCKETS  CHANNEL",
                        "      10.0        40  orders",
                        "       5.0         2  news");
    }

    @Test
    void ordersChannelsByTheMeanOfTheLastSeconds() {
        lines(CALM, SMALL);

        assertThat(lines(CALM.replace("\"perSecond\":5.0", "\"perSecond\":45.0"), SMALL))
                .endsWith("      25.0         2  news", "      10.0        40  orders");
    }

    @Test
    void forgetsChannelsThatAreQuiet() {
        lines(CALM, SMALL);
        for (int second = 0; second < 4; second++) {
            lines("{}", SMALL);
        }
        assertThat(lines("{}", SMALL)).endsWith("No events in the last seconds.");
    }

    @Test
    void fitsIntoTheTerminal() {
        TopText.Size tiny = new TopText.Size(30, 12);

        assertThat(lines(CALM, tiny))
                .hasSizeLessThanOrEqualTo(12)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(30))
                .contains("      10.0        40  orders")
                .doesNotContain("       5.0         2  news");
    }

    @Test
    void showsInRedWhatIsWrong() {
        TopText red = new TopText(new Paint(true), ZoneOffset.UTC);
        String broken = CALM.replace("\"listening\":true", "\"listening\":false")
                .replace("\"dropped\":0", "\"dropped\":2")
                .replace("\"loopLagMillis\":0.3", "\"loopLagMillis\":250");

        assertThat(red.of(figures(broken), SMALL))
                .filteredOn(line -> line.startsWith("\u001b[1;31m"))
                .hasSize(3)
                .first()
                .asString()
                .contains("NOT listening at 127.0.0.1:6379");
    }

    @Test
    void cannotBeMisusedToWriteOnTheTerminal() {
        assertThat(lines(CALM.replace("orders", "\\u001b[2J\\n"), SMALL)).contains("      10.0        40  ?[2J?");
    }
}
