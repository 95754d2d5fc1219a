package dev.echoserver.config;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code trustedProxies}. */
final class ProxySection {
    private static final String LOOPBACK_4 = "127.0.0.0/8";
    private static final String LOOPBACK_6 = "::1";

    private ProxySection() {}

    static List<AddressRange> read(Section root) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : root.texts("trustedProxies", LOOPBACK_4, LOOPBACK_6)) {
            AddressRange.of(text)
                    .ifPresentOrElse(
                            ranges::add,
                            () -> root.wrong(
                                    "trustedProxies",
                                    "the addresses of your proxies, not their names, such as [\"10.0.0.5\","
                                            + " \"172.16.0.0/12\"]"));
        }
        return ranges;
    }
}
