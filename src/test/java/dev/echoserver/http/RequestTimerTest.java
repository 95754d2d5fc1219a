package dev.echoserver.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.Inbound.Bounds;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.http.HttpPipeline.Compression;
import dev.echoserver.http.SlowRequests.Cause;
import dev.echoserver.http.SlowRequests.Times;
import dev.echoserver.testing.CapturedLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTimerTest {
    private static final int BODY = 1 << 20;
    private static final String GET = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String POLL = "GET /poll HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: " + BODY + "\r\n\r\n";

    private final CapturedLog log = CapturedLog.of(SlowRequests.class);
    private final SlowRequests slow = slow(TrustedProxies.NONE);
    private final EmbeddedChannel channel = connection(slow);

    private static SlowRequests slow(TrustedProxies proxies) {
        return new SlowRequests(Times.usual(Duration.ofSeconds(60)), proxies, () -> 0);
    }

    private static EmbeddedChannel connection(SlowRequests slow) {
        Route all = Route.below("/", (ctx, request) -> {
            if (!request.uri().equals("/poll")) { // That one is parked.
                Reply.to(ctx, request).send(HttpResponseStatus.OK, Reply.HTML, "fine");
            }
        });
        Router router = new Router(List.of(all), Map.of());
        Inbound inbound = new Inbound(new Bounds(BODY, Long.MAX_VALUE, Duration.ofSeconds(45)), System::nanoTime);
        return new EmbeddedChannel(new HttpPipeline(router, inbound, slow, Compression.OFF));
    }

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        log.close();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private void pass(int seconds) {
        pass(channel, seconds);
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    private void assertOpenForJust(int seconds) {
        pass(seconds - 1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    private int answers() {
        int answers = 0;
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            answers += part.toString(US_ASCII).startsWith("HTTP/1.1 200") ? 1 : 0;
            part.release();
        }
        return answers;
    }

    @Test
    void closesAConnectionThatSaysNothing() {
        assertOpenForJust(10);

        assertThat(slow.count(Cause.SILENT)).isEqualTo(1);
        assertThat(log.lines(Level.WARN)).isEmpty(); // Browsers open some just in case.
    }

    @Test
    void letsATrustedProxyBeSilentForLonger() {
        EmbeddedChannel ofProxy = connection(slow(new TrustedProxies(address -> true)));
        ofProxy.freezeTime();

        pass(ofProxy, 59);
        assertThat(ofProxy.isOpen()).isTrue();
        pass(ofProxy, 1);
        assertThat(ofProxy.isOpen()).isFalse();
    }

    @Test
    void closesAConnectionWhoseRequestComesInDrops() {
        for (int second = 0; second < 20; second++) {
            send(GET.substring(second, second + 1));
            assertThat(channel.isOpen()).isTrue();
            pass(1);
        }

        assertThat(channel.isOpen()).isFalse();
        assertThat(slow.count(Cause.SLOW)).isEqualTo(1);
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("too slow", "received=20 bytes within 20 seconds");
    }

    @Test
    void countsFromTheFirstByteOnWheneverItComes() {
        pass(9);
        send("G");

        assertOpenForJust(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, POLL})
    void closesAConnectionWhoseNextRequestComesInDrops(String first) {
        send(first);
        pass(30);
        send("G");
        pass(10);
        send("E");

        assertOpenForJust(10);
    }

    @Test
    void closesAConnectionWhoseSecondRequestCameWithTheFirstButNotAll() {
        send(GET + POST);
        assertThat(answers()).isEqualTo(1);

        assertOpenForJust(20);
    }

    @Test
    void closesAConnectionWhoseBodyComesInDrops() {
        send(POST);
        for (int second = 0; channel.isOpen(); second++) {
            assertThat(second).isLessThan(25);
            send("x".repeat(1000));
            pass(1);
        }

        assertThat(answers()).isZero();
        assertThat(slow.count(Cause.SLOW)).isEqualTo(1);
    }

    @Test
    void givesTimeForALargeBodyOverABadNetwork() {
        send(POST);
        for (int sent = 0; sent < BODY; sent += 8 << 10) {
            pass(1);
            send("x".repeat(8 << 10));
        }

        assertThat(answers()).isEqualTo(1);
        pass(59);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void leavesAParkedPollAlone() {
        send(POLL.substring(0, 10));
        pass(5);
        send(POLL.substring(10));

        assertOpenForJust(60);
        assertThat(slow.count(Cause.SLOW)).isZero();
    }

    @Test
    void leavesAConnectionAloneThatIsUsedNowAndThen() {
        for (int i = 0; i < 10; i++) {
            send(GET);
            pass(59);
        }

        assertThat(answers()).isEqualTo(10);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void isOverOnceTheConnectionIsNoLongerOneOfHttp() {
        send("G");
        List<String> names = channel.pipeline().names();
        Collections.reverse(names);
        names.removeIf(name -> !name.startsWith(EngineIoServer.HTTP_HANDLER_PREFIX));
        names.forEach(channel.pipeline()::remove);
        pass(3600);

        assertThat(channel.isOpen()).isTrue();
    }
}
