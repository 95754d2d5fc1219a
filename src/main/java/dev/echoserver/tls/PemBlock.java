package dev.echoserver.tls;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between {@code -----BEGIN label-----} and {@code -----END label-----}.
 *
 * @param headers of the traditional form, such as {@code DEK-Info}
 * @param der the decoded content
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PemBlock(String label, Map<String, String> headers, byte[] der) {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+"
            + "((?:[A-Za-z-]+: [^\\n]*\\n)*)"
            + "([A-Za-z0-9+/=\\s]*)"
            + "-----END \\1-----");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z-]+): ([^\\r\\n]*)");

    PemBlock {
        headers = Map.copyOf(headers);
    }

    /** The blocks of a file, in order; text around them is skipped, and so is a block that is cut off. */
    static List<PemBlock> all(String text) {
        return BLOCK.matcher(text).results().map(PemBlock::of).toList();
    }

    private static PemBlock of(MatchResult found) {
        Map<String, String> headers = new TreeMap<>();
        Matcher header = HEADER.matcher(found.group(2));
        while (header.find()) {
            headers.put(header.group(1), header.group(2));
        }
        return new PemBlock(found.group(1), headers, Base64.getMimeDecoder().decode(found.group(3)));
    }
}
