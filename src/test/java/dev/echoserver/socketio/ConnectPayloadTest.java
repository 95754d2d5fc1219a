package dev.echoserver.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectPayloadTest {

    @ParameterizedTest
    @CsvSource({
        "/news?token=abc,            abc",
        "/news?a=b&token=abc,        abc",
        "/news?token=a%20b%26c,      a b&c",
        "/news?token=a&token=b,      a",
        "/news?token=,               ''",
        "/news?tokens=abc,           ",
        "/news?,                     ",
        "/news,                      ",
        "/news?token=%zz,            ",
    })
    void hasTheQueryBehindTheNamespace(String namespace, String token) {
        assertThat(ConnectPayload.ofNamespace(namespace).parameter("token")).isEqualTo(Optional.ofNullable(token));
    }

    @Test
    void isNothingForMostClients() {
        assertThat(ConnectPayload.ofNamespace("/")).isSameAs(ConnectPayload.NONE);
        assertThat(ConnectPayload.ofAuth(Optional.empty())).isSameAs(ConnectPayload.NONE);
        assertThat(ConnectPayload.ofAuth(Optional.of(Json.of("{}"))).auth()).isPresent();
    }
}
