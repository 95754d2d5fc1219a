package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5,         10.0.0.5,      true",
        "10.0.0.5,         10.0.0.4,      false",
        "10.0.0.0/8,       10.255.255.255, true",
        "10.0.0.0/8,       11.0.0.0,      false",
        "172.16.0.0/12,    172.31.255.1,  true",
        "172.16.0.0/12,    172.32.0.0,    false",
        "192.0.2.130/25,   192.0.2.255,   true",
        "192.0.2.130/25,   192.0.2.127,   false",
        "0.0.0.0/0,        203.0.113.9,   true",
        "0.0.0.0/0,        ::1,           false",
        "::1,              ::1,           true",
        "::1,              ::2,           false",
        "2001:db8::/32,    2001:db8:ffff::1, true",
        "2001:db8::/33,    2001:db8:ffff::1, false",
        "::ffff:10.0.0.1,  10.0.0.1,      true",
    })
    void containsWhatBeginsLikeIt(String range, String address, boolean isContained) throws UnknownHostException {
        assertThat(AddressRange.of(range).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(isContained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nginx",
                "*",
                "localhost",
                "10.0.0.256",
                "10.0.0",
                "10",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/a",
                "::1/129",
                "::1::",
                "fe80::1%eth0",
                "1:2",
                "10.0.0.0/8, 11.0.0.0/8"
            })
    void isNothingElse(String text) {
        assertThat(AddressRange.of(text)).isEmpty();
    }
}
