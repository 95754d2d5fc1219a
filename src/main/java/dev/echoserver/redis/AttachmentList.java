package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The attachments of an event on their way to other nodes: an array of strings in base64. */
final class AttachmentList {
    private static final JsonElements ELEMENTS = new JsonElements(1);

    private AttachmentList() {}

    static Json of(List<byte[]> attachments) {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.of(attachments.stream()
                .map(bytes -> new String(base64.encode(bytes), US_ASCII))
                .collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    /** Empty if {@code list} is no such array. */
    static Optional<List<byte[]>> read(Json list) {
        return ELEMENTS.of(list.toString()).flatMap(AttachmentList::decoded);
    }

    private static Optional<List<byte[]>> decoded(List<Json> strings) {
        if (!strings.stream().allMatch(AttachmentList::isString)) {
            return Optional.empty();
        }
        try {
            return Optional.of(strings.stream().map(AttachmentList::bytes).toList());
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static boolean isString(Json json) {
        return json.bytes()[json.offset()] == '"';
    }

    private static byte[] bytes(Json string) {
        int end = string.offset() + string.length() - 1;
        return Base64.getDecoder().decode(Arrays.copyOfRange(string.bytes(), string.offset() + 1, end));
    }
}
