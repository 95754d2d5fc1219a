package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrangerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\\r\\n",
                "+PONG\\r\\n",
                "-NOAUTH Authentication required.\\r\\n",
                "-ERR unknown command\\r\\n",
                ":1\\r\\n",
                "$-1\\r\\n",
                "$5\\r\\nhello\\r\\n",
                "*0\\r\\n",
                "*3\\r\\n$10\\r\\npsubscribe\\r\\n",
                "%2\\r\\n",
                "_\\r\\n",
                "+",
                "-",
                "*"
            })
    void isNotSeenInWhatRedisAnswers(String answer) {
        assertThat(Stranger.of(unescaped(answer))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 400 Bad Request\\r\\nServer: nginx/1.22\\r\\n\\r\\n | a web server (HTTP/1.1 400 Bad Request, Server: nginx/1.22)",
                "HTTP/1.0 400 Bad request\\r\\nServer: \"a\"\\r\\n        | a web server (HTTP/1.0 400 Bad request, Server: 'a')",
                "HTTP/1.1 408                                           | a web server (HTTP/1.1 408)",
                "SSH-2.0-OpenSSH_9.2p1 Debian-2\\r\\n                    | an SSH server (SSH-2.0-OpenSSH_9.2p1 Debian-2)",
                "220 mail.example ESMTP Postfix\\r\\n                    | a mail or FTP server (220 mail.example ESMTP Postfix)",
                "+OK Dovecot ready.\\r\\n                                | a mail or FTP server (+OK Dovecot ready.)",
                "* OK IMAP4rev1 ready\\r\\n                              | a mail or FTP server (* OK IMAP4rev1 ready)",
                "ERROR\\r\\n                                             | a server such as memcached (ERROR)",
                "AMQP\\x00\\x00\\x09\\x01                                | something that is not Redis (\"AMQP???\")",
                "<html>                                                 | something that is not Redis (\"<html>\")"
            })
    void isNamed(String answer, String name) {
        assertThat(Stranger.of(unescaped(answer)).orElseThrow().name()).startsWith(name.replaceFirst("\\?+\"\\)$", ""));
    }

    @Test
    void isMySqlByItsGreetingOrByItsRefusal() {
        assertThat(Stranger.of(unescaped("J\\x00\\x00\\x00\\x0a8.0.36\\x00")))
                .map(Stranger::name)
                .hasValue("MySQL or MariaDB");
        assertThat(Stranger.of(unescaped("E\\x00\\x00\\x00\\xffj\\x04Host is not allowed")))
                .map(Stranger::name)
                .hasValue("MySQL or MariaDB");
    }

    @Test
    void mayBeRedisWithTls() {
        assertThat(Stranger.of(unescaped("\\x15\\x03\\x01\\x00\\x02\\x02\\x46")))
                .hasValueSatisfying(stranger -> assertThat(stranger.isTls()).isTrue());
    }

    @Test
    void isReadFromWhatNettySaysOfBytesThatAreNotTls() {
        String http = HexFormat.of().formatHex("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
        String redis = HexFormat.of().formatHex("-ERR Protocol error\r\n".getBytes(ISO_8859_1));

        assertThat(Stranger.refusedBy("not an SSL/TLS record: " + http))
                .map(Stranger::name)
                .hasValue("a web server (HTTP/1.1 400 Bad Request)");
        assertThat(Stranger.refusedBy("not an SSL/TLS record: " + redis)).isEmpty();
        assertThat(Stranger.refusedBy("certificate_unknown")).isEmpty();
    }

    private static byte[] unescaped(String text) {
        String hex = text.replace("\\r", "\\x0d").replace("\\n", "\\x0a");
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < hex.length(); i++) {
            if (hex.startsWith("\\x", i)) {
                bytes.append((char) HexFormat.fromHexDigits(hex, i + 2, i + 4));
                i += 3;
            } else {
                bytes.append(hex.charAt(i));
            }
        }
        return bytes.toString().getBytes(ISO_8859_1);
    }
}
