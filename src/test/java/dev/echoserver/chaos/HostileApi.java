package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests to the HTTP API, most of them of somebody who may ask: with the key, or well signed. */
record HostileApi(Dice dice, Clock clock) {
    private static final List<String> FIELDS = List.of(
            "\"name\":\"x\"",
            "\"data\":\"{\\\"a\\\":1}\"",
            "\"channels\":[\"hostile\"]",
            "\"channel\":\"hostile\"",
            "\"socket_id\":\"1.2\"",
            "\"info\":\"subscription_count,user_count\"");
    private static final List<String> READS = List.of(
            "status",
            "channels",
            "channels?filter_by_prefix=",
            "channels?filter_by_prefix=presence-&info=user_count",
            "channels?info=%00,subscription_count",
            "channels/presence-good",
            "channels/presence-good/users",
            "channels/x/users",
            "channels/%F0%9F%98%80",
            "channels/%ff",
            "channels/%",
            "channels/presence-%00/users",
            "channels//users",
            "channels/a/b/c",
            "events",
            "batch_events",
            "nothing",
            "channels/presence-x/users?with_user_info=%zz",
            "channels/" + "x".repeat(3000));
    private static final List<String> CREDENTIALS = List.of(
            "Authorization: Bearer",
            "Authorization: secret",
            "Authorization: Bearer Bearer secret",
            "Authorization: \u00ff",
            "Authorization: Bearer SECRET",
            "Authorization: Bearer " + "s".repeat(3000),
            "X: y");
    private static final Map<String, List<String>> BAD_PARAMETERS = Map.of(
            "auth_key", List.of("", "wrong", "secret", "%", "public&auth_key=public"),
            "auth_timestamp", List.of("", "0", "-1", "9999999999999999", "1e9", "99999999999999999999"),
            "auth_version", List.of("", "2.0", "%00"),
            "body_md5", List.of("", "0", "%zz", "d41d8cd98f00b204e9800998ecf8427e"));

    /** The next one. */
    Input next() {
        if (dice.hits(5)) {
            return new Input(new Damage(dice).of(request().getBytes(ISO_8859_1)), true);
        }
        return Input.harmless(request());
    }

    private String request() {
        return dice.hits(50) ? withKey() : signed();
    }

    private String withKey() {
        String credentials = dice.hits(85) ? "Authorization: Bearer secret" : dice.one(CREDENTIALS);
        if (dice.hits(30)) {
            return "GET /apps/les/" + dice.one(READS) + " HTTP/1.1\r\nHost: x\r\n" + credentials + "\r\n\r\n";
        }
        return post("/apps/les/" + dice.one(List.of("events", "events", "batch_events")), body(), credentials);
    }

    private static String post(String target, String latin1, String header) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\nContent-Length: " + latin1.length()
                + "\r\n\r\n" + latin1;
    }

    /** A body as Latin 1, one character for each byte. */
    private String body() {
        String event = HostileJson.object(dice, FIELDS);
        String body = switch (dice.below(10)) {
            case 0 -> "{\"batch\":[" + event + "," + HostileJson.object(dice, FIELDS) + "]}";
            case 1 -> "{\"batch\":" + HostileJson.any(dice) + "}";
            case 2 -> HostileJson.any(dice);
            case 3 ->
                "{\"name\":\"x\",\"data\":1,\"channels\":[" + "\"hostile\",".repeat(dice.below(200))
                        + HostileJson.any(dice) + "]}";
            case 4 ->
                "{\"name\":\"x\",\"channel\":\"hostile\",\"data\":" + HostileJson.nested(480 + dice.below(60)) + "}";
            case 5 -> "{\"name\":\"x\",\"channel\":\"hostile\",\"data\":\"" + "\\\"".repeat(dice.below(3000)) + "\"}";
            default -> event;
        };
        return dice.hits(15) ? new String(new Damage(dice).of(body.getBytes(UTF_8)), ISO_8859_1) : body;
    }

    /** Signed with the secret, but one parameter in four times is not what it should be; sometimes it is signed so. */
    private String signed() {
        boolean reads = dice.hits(30);
        String body = reads ? "" : body();
        String read = dice.one(READS);
        String path = "/apps/3/" + (reads ? read.split("\\?", 2)[0] : dice.one(List.of("events", "batch_events")));
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "auth_key", "public",
                "auth_timestamp", Long.toString(clock.instant().getEpochSecond()),
                "auth_version", "1.0"));
        if (!body.isEmpty()) {
            parameters.put("body_md5", md5(body.getBytes(ISO_8859_1)));
        }
        if (dice.hits(25)) {
            String name = dice.one(List.copyOf(new TreeMap<>(BAD_PARAMETERS).keySet()));
            parameters.put(name, dice.one(BAD_PARAMETERS.getOrDefault(name, List.of())));
        }
        String query = query(parameters);
        String method = reads ? "GET" : "POST";
        String signature = dice.hits(90)
                ? hmac(method + "\n" + path + "\n" + query)
                : dice.one(List.of("", "00", "%", "zz".repeat(900)));
        String target = path + "?" + query + "&auth_signature=" + signature;
        return reads ? "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" : post(target, body, "X: y");
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
