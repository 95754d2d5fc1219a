package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedProxiesTest {
    private static final String PROXY = "10.0.0.1";
    private final TrustedProxies proxies =
            new TrustedProxies(address -> address.getHostAddress().startsWith("10."));

    private String client(String peer, String... forwarded) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String each : forwarded) {
            headers.add("X-Forwarded-For", each);
        }
        return proxies.clientOf(new InetSocketAddress(peer, 4711), headers).getHostAddress();
    }

    @Test
    void areBelievedAndNobodyElse() {
        assertThat(client(PROXY, "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client("192.0.2.1", "203.0.113.9")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1.1.1, 203.0.113.9                | 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.0.0.2      | 203.0.113.9",
                "1.1.1.1,203.0.113.9,10.0.0.3,10.0.0.2 | 203.0.113.9",
                "10.0.0.3, 10.0.0.2                  | 10.0.0.3",
                "203.0.113.9:4711                    | 203.0.113.9",
                "2001:db8::1                         | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711                  | 2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.9                  | 203.0.113.9",
            })
    void nameTheClientBehindTheLastOfThem(String forwarded, String client) {
        assertThat(client(PROXY, forwarded)).isEqualTo(client);
    }

    @Test
    void mayNameItInSeveralHeaders() {
        assertThat(client(PROXY, "1.1.1.1", "203.0.113.9, 10.0.0.2")).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown",
                "''",
                ",",
                "localhost",
                "203.0.113.9, _hidden",
                "203.0.113.999",
                "[",
                "[::1",
                "]:",
                ":",
                "203.0.113.9, "
            })
    void areTakenForTheClientIfWhatTheySayIsNoAddress(String forwarded) {
        assertThat(client(PROXY, forwarded)).isEqualTo(PROXY);
        assertThat(client(PROXY)).isEqualTo(PROXY);
    }

    @Test
    void areFoundWhereIpv4IsSpokenOverIpv6() {
        assertThat(client("::ffff:10.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9,203.0.113.9", "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0", "10.0.0.7,"})
    void countNetworksOfIpv6AndNotThemselves(String peer, @Nullable String household) {
        assertThat(proxies.householdOf(new InetSocketAddress(peer, 4711), new DefaultHttpHeaders())
                        .map(InetAddress::getHostAddress))
                .isEqualTo(Optional.ofNullable(household));
    }
}
