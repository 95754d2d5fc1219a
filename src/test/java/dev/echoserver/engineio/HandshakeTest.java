package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
    private final HttpRequest request =
            new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/?EIO=4&q=a%20b&q=c");

    @Test
    void hasTheFirstValueOfAHeaderWhateverItsCase() {
        request.headers()
                .add("Cookie", "a=1; b=2")
                .add("X-COOKIE", "no")
                .add("cookie", "second")
                .add("Origin", "");

        assertThat(handshake().header("COOKIE")).contains("a=1; b=2");
        assertThat(handshake().header("x-cookie")).contains("no");
        assertThat(handshake().header("origin")).contains("");
        assertThat(handshake().header("ookie")).isEmpty();
        assertThat(handshake().header("referer")).isEmpty();
    }

    @Test
    void takesNoValueForAHeader() {
        request.headers().add("User-Agent", "x cookie:stolen host:other").add("Host", "here");

        assertThat(handshake().header("cookie")).isEmpty();
        assertThat(handshake().header("host")).contains("here");
    }

    @Test
    void hasTheQueryDecoded() {
        assertThat(handshake().parameter("EIO")).contains("4");
        assertThat(handshake().parameter("q")).contains("a b");
        assertThat(handshake().parameter("sid")).isEmpty();
    }

    private Handshake handshake() {
        return Handshake.of(Protocol.V4, request, new InetSocketAddress("192.0.2.1", 1), Places.Place.ANYWHERE);
    }
}
