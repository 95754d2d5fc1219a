package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.log.Excerpt;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that is not Redis, as it shows itself by the first bytes that it sends.
 *
 * <p>Source: the protocols themselves, RESP in the documentation of Redis among them.
 *
 * @param name what it is, in words that follow "answers there"
 * @param isTls whether all that is known of it is that it speaks TLS
 */
record Stranger(String name, boolean isTls) {
    private static final Pattern HTTP = Pattern.compile("(HTTP/1\\.\\d \\d{3}[^\r\n]*)");
    private static final Pattern SOFTWARE = Pattern.compile("\r?\n(?i:server): *([^\r\n]+)");
    private static final Pattern MAIL = Pattern.compile("(?:220[ -]|\\+OK |\\* OK ).*", Pattern.DOTALL);
    private static final Pattern RESP =
            Pattern.compile("(?:[-+:_#,(!=][^\0]|[*$%~>|][-0-9?]).*|[-+:*$]", Pattern.DOTALL);

    /** What Netty says of bytes that are not TLS: all of them in hexadecimal digits. */
    private static final Pattern NOT_TLS = Pattern.compile("not an SSL/TLS record: ((?:[0-9a-f]{2})+).*");

    private static final int EXCERPT = 60;
    private static final int MYSQL_PACKET = 4;
    private static final int MYSQL_GREETING = 10;
    private static final int MYSQL_ERROR = 255;
    private static final int TLS_MAJOR = 3;
    private static final int TLS_ALERT = 21;
    private static final int TLS_HANDSHAKE = 22;

    /** The server whose first bytes are {@code first}; empty if they may be those of Redis. */
    static Optional<Stranger> of(byte[] first) {
        String text = new String(first, ISO_8859_1);
        if (first.length == 0
                || (RESP.matcher(text).matches() && !MAIL.matcher(text).matches())) {
            return Optional.empty();
        }
        return Optional.of(isTls(first) ? new Stranger("a server that speaks TLS", true) : named(first, text));
    }

    /** The server that sent, instead of TLS, what {@code refusal} of Netty tells; empty if that may be Redis. */
    static Optional<Stranger> refusedBy(String refusal) {
        Matcher bytes = NOT_TLS.matcher(refusal);
        return bytes.matches() ? of(HexFormat.of().parseHex(bytes.group(1))) : Optional.empty();
    }

    private static boolean isTls(byte[] first) {
        return first.length > 1 && (first[0] == TLS_ALERT || first[0] == TLS_HANDSHAKE) && first[1] == TLS_MAJOR;
    }

    private static Stranger named(byte[] first, String text) {
        Matcher http = HTTP.matcher(text);
        if (http.lookingAt()) {
            return new Stranger("a web server (" + quoted(http.group(1)) + software(text) + ")", false);
        }
        if (isMySql(first)) {
            return new Stranger("MySQL or MariaDB", false);
        }
        if (text.startsWith("SSH-")) {
            return new Stranger("an SSH server (" + line(text) + ")", false);
        }
        if (MAIL.matcher(text).matches()) {
            return new Stranger("a mail or FTP server (" + line(text) + ")", false);
        }
        if (text.startsWith("ERROR\r\n")) {
            return new Stranger("a server such as memcached (ERROR)", false);
        }
        return new Stranger("something that is not Redis (\"" + line(text) + "\")", false);
    }

    private static String software(String text) {
        Matcher header = SOFTWARE.matcher(text);
        return header.find() ? ", Server: " + quoted(header.group(1)) : "";
    }

    /** A packet's length and number, then the greeting or a refusal. */
    private static boolean isMySql(byte[] first) {
        if (first.length <= MYSQL_PACKET || first[2] != 0 || first[3] != 0) {
            return false;
        }
        int kind = Byte.toUnsignedInt(first[MYSQL_PACKET]);
        return kind == MYSQL_GREETING || kind == MYSQL_ERROR;
    }

    private static String line(String text) {
        return quoted(text.lines().findFirst().orElse(""));
    }

    private static String quoted(String text) {
        return Excerpt.of(new String(text.getBytes(ISO_8859_1), UTF_8), EXCERPT)
                .replace('"', '\'')
                .strip();
    }
}
