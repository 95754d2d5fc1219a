package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.doctor.Finding.Level;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostCheckTest {

    private static Finding finding(String answer, String authHost) throws IOException {
        try (FixedApplication server = FixedApplication.answering(200, Map.of(), answer)) {
            Visitor visitor = Visitor.at(URI.create(server.url() + "/socket.io"));
            return new HostCheck(visitor, "/socket.io", List.of(authHost)).look();
        }
    }

    @Test
    void isContentWithAServerThatUsesCookies() throws IOException {
        assertThat(finding("{\"used\":true}", "http://localhost").level()).isEqualTo(Level.OK);
    }

    @Test
    void knowsNothingOfAServerThatDoesNotSay() throws IOException {
        assertThat(finding("<html>", "http://localhost").level()).isEqualTo(Level.NOT_CHECKED);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, FAULT",
        "http://127.0.0.1:8000, FAULT",
        "http://[::1]:8000, FAULT",
        "http://nginx, FAULT",
        "http://app.internal/x.y, FAULT",
        "https://app.example.com, WARNING",
        "https://me:p.w@app.example.com:8443/x, WARNING",
        ".example.com, WARNING",
    })
    void blamesTheProxyUnlessPagesMayBeElsewhere(String authHost, Level level) throws IOException {
        Finding finding = finding("{\"used\":false}", authHost);

        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.cure()).contains("    proxy_set_header Host $host;", "    ProxyPreserveHost On");
    }
}
