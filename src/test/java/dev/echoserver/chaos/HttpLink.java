package dev.echoserver.chaos;

import dev.echoserver.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests, pipelined. */
final class HttpLink implements Link {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private final RawConnection connection;
    private int fences;

    HttpLink(RawConnection connection) {
        this.connection = connection;
    }

    @Override
    public int exchange(List<Input> inputs, Answers answers) throws IOException {
        boolean mayEnd = inputs.get(inputs.size() - 1).mayEnd();
        String fence = "/fence-" + ++fences + "-end";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        inputs.forEach(input -> bytes.writeBytes(input.bytes()));
        String text = conversation(bytes.toByteArray(), mayEnd, fence);
        int count = 0;
        for (Matcher status = STATUS.matcher(text); status.find(); count++) {
            answers.add(status.group(1));
        }
        if (mayEnd) {
            answers.add("end");
        }
        return mayEnd || text.contains(fence) ? inputs.size() : Math.min(count, inputs.size());
    }

    private String conversation(byte[] bytes, boolean mayEnd, String fence) throws IOException {
        try {
            connection.write(bytes);
            if (mayEnd) {
                connection.endOutput();
            } else {
                connection.write(RawConnection.request("GET", fence));
            }
        } catch (SocketException closed) { // By the server, before it had read all; its answer may be there.
            return connection.until(fence);
        }
        return connection.until(fence);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
