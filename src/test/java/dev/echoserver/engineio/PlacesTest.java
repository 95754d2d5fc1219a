package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.Places.Capacity;
import dev.echoserver.engineio.Places.Cause;
import dev.echoserver.testing.CapturedLog;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private static final int MANY = Integer.MAX_VALUE;
    private static final String PROXY = "10.0.0.1";

    private final CapturedLog log = CapturedLog.of(Places.class);

    @AfterEach
    void release() {
        log.close();
    }

    private static Places places(int total, int perAddress) {
        TrustedProxies proxies =
                new TrustedProxies(address -> address.getHostAddress().equals(PROXY));
        return new Places(new Capacity(total, "limits.maxConnections", perAddress), proxies, () -> 0);
    }

    private static Places.Outcome take(Places places, String peer) {
        return places.take(new InetSocketAddress(peer, 1), new DefaultHttpHeaders());
    }

    private static Places.Outcome takeBehindProxy(Places places, String client) {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", client);
        return places.take(new InetSocketAddress(PROXY, 1), headers);
    }

    private static long takeMany(Places places, int count, String peer) {
        return IntStream.range(0, count)
                .filter(i -> take(places, peer) instanceof Places.Place)
                .count();
    }

    @Test
    void areTakenUpToTheTotal() {
        Places places = places(3, MANY);

        assertThat(takeMany(places, 2, "192.0.2.1")).isEqualTo(2);
        assertThat(take(places, "192.0.2.2")).isInstanceOf(Places.Place.class);
        assertThat(take(places, "192.0.2.3")).isEqualTo(new Places.Refused(EngineIoError.SERVER_FULL));
        assertThat(places.taken()).isEqualTo(3);
        assertThat(places.count(Cause.TOTAL)).isEqualTo(1);
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("max=3 ", "(limits.maxConnections)", "folded=0");
    }

    @Test
    void areTakenUpToTheNumberForEachAddress() {
        Places places = places(MANY, 3);

        assertThat(takeMany(places, 2, "192.0.2.1")).isEqualTo(2);
        assertThat(take(places, "192.0.2.1")).isInstanceOf(Places.Place.class);
        assertThat(take(places, "192.0.2.1")).isEqualTo(new Places.Refused(EngineIoError.ADDRESS_FULL));
        assertThat(takeMany(places, 4, "192.0.2.2")).isEqualTo(3);
        assertThat(places.taken()).isEqualTo(6);
        assertThat(places.count(Cause.ADDRESS)).isEqualTo(2);
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("address=192.0.2.1 max=3 ", "limits.maxConnectionsPerAddress", "trustedProxies");
    }

    @Test
    void areFreeAgainForTheAddressAndForAll() {
        Places places = places(2, 1);
        Places.Place first = (Places.Place) take(places, "192.0.2.1");
        assertThat(take(places, "192.0.2.1")).isInstanceOf(Places.Refused.class);

        places.free(first);

        assertThat(places.taken()).isZero();
        assertThat(takeMany(places, 2, "192.0.2.1")).isEqualTo(1);
        assertThat(takeMany(places, 1, "192.0.2.2")).isEqualTo(1);
    }

    @Test
    void countNothingForAnAddressThatWasRefusedBecauseOfTheTotal() {
        Places places = places(1, 1);
        Places.Place first = (Places.Place) take(places, "192.0.2.1");
        assertThat(take(places, "192.0.2.2")).isEqualTo(new Places.Refused(EngineIoError.SERVER_FULL));

        places.free(first);

        assertThat(take(places, "192.0.2.2")).isInstanceOf(Places.Place.class);
    }

    @Test
    void areThoseOfOneAddressInAnIpv6NetworkOf64Bits() {
        Places places = places(MANY, 2);

        assertThat(takeMany(places, 1, "2001:db8:1:2::1")).isEqualTo(1);
        assertThat(takeMany(places, 2, "2001:db8:1:2:ffff::2")).isEqualTo(1);
        assertThat(takeMany(places, 3, "2001:db8:1:3::1")).isEqualTo(2);
    }

    @Test
    void areThoseOfTheBrowsersBehindAProxy() {
        Places places = places(MANY, 1);

        assertThat(takeBehindProxy(places, "203.0.113.8")).isInstanceOf(Places.Place.class);
        assertThat(takeBehindProxy(places, "203.0.113.9")).isInstanceOf(Places.Place.class);
        assertThat(takeBehindProxy(places, "203.0.113.9")).isInstanceOf(Places.Refused.class);
        assertThat(take(places, "203.0.113.8")).isInstanceOf(Places.Refused.class);
    }

    @Test
    void areNotCountedForAProxyThatDoesNotSayWhoIsBehindIt() {
        Places places = places(5, 1);

        assertThat(takeMany(places, 6, PROXY)).isEqualTo(5);
        assertThat(log.lines(Level.INFO))
                .singleElement()
                .asString()
                .contains("proxy=" + PROXY, "no X-Forwarded-For", "trustedProxies");
    }

    @Test
    void areTakenByManyThreadsWithoutOneTooMany() {
        Places places = places(1000, 300);

        long taken = IntStream.range(0, 4000)
                .parallel()
                .filter(i -> take(places, "192.0.2." + i % 3) instanceof Places.Place)
                .count();

        assertThat(taken).isEqualTo(900);
        assertThat(places.taken()).isEqualTo(900);
    }
}
