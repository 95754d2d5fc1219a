package dev.echoserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a configuration file whose {@code clients} can be changed. Everything else stays letter by letter: unknown
 * keys, their order, the spelling of numbers, indentation.
 */
public final class ClientsText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final List<Client> clients = new ArrayList<>();
    private Optional<Span> list = Optional.empty();
    private Span lastValue = new Span(0, 0);
    private int end;

    private record Span(int start, int end) {}

    private record Client(Span all, String appId, Optional<Span> key) {}

    private ClientsText(String text) {
        this.text = text;
        try (JsonParser parser = new JsonFactory().createParser(text.replace(BYTE_ORDER_MARK, ' '))) {
            read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("text: not JSON (expected: without problems)", e);
        }
    }

    /** Why the clients in {@code file} cannot be changed; empty if they can. */
    public static List<ConfigIssue> problems(byte[] file) {
        Findings findings = new Findings();
        if (new String(file, UTF_8).strip().startsWith("[")) {
            findings.problem("$", "is a list", "Start the file with { and end it with }");
        }
        JsonText.parse(file, findings).ifPresent(root -> {
            JsonNode clients = root.path("clients");
            if (!clients.isArray() && !clients.isMissingNode() && !clients.isNull()) {
                findings.problem("$.clients", "is not a list", "Write \"clients\": []");
            }
        });
        return findings.rejected().problems();
    }

    /** The text of a file without {@link #problems}. */
    public static ClientsText of(String text) {
        return new ClientsText(text);
    }

    private void read(JsonParser parser) throws IOException {
        parser.nextToken();
        lastValue = new Span(start(parser) + 1, start(parser) + 1);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isClients = parser.currentName().equals("clients");
            parser.nextToken();
            int start = start(parser);
            if (isClients && parser.currentToken() == JsonToken.START_ARRAY) {
                readClients(parser);
            }
            lastValue = new Span(start, skipValue(parser));
            list = isClients ? Optional.of(lastValue) : list;
        }
        end = start(parser);
    }

    private void readClients(JsonParser parser) throws IOException {
        clients.clear(); // If the key stands there twice, the last one counts.
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = start(parser);
            String appId = "";
            Optional<Span> key = Optional.empty();
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                Span value = new Span(start(parser), skipValue(parser));
                appId = name.equals("appId") ? parser.getText() : appId;
                key = name.equals("key") ? Optional.of(value) : key;
            }
            clients.add(new Client(new Span(start, skipValue(parser)), appId, key));
        }
    }

    private static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private static int skipValue(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return Math.toIntExact(parser.currentLocation().getCharOffset());
    }

    /** The {@code appId} of each client. */
    public List<String> ids() {
        return clients.stream().map(Client::appId).toList();
    }

    /** Whether there is a client {@code appId}, written as text or as number. */
    public boolean has(String appId) {
        return ids().contains(appId);
    }

    /** The text in which {@code appId} has {@code key}. */
    public String with(String appId, String key) {
        for (Client client : clients) {
            if (client.appId().equals(appId)) {
                Span all = client.all();
                return client.key()
                        .map(value -> replaced(value, quoted(key)))
                        .orElseGet(
                                () -> replaced(all, Layout.of(text, all.start()).client(appId, key)));
            }
        }
        return clients.isEmpty() ? withFirst(appId, key) : withAnother(appId, key);
    }

    private String withAnother(String appId, String key) {
        Span last = clients.get(clients.size() - 1).all();
        Layout layout = Layout.of(text, last.start());
        return replaced(new Span(last.end(), last.end()), "," + layout.gap() + layout.client(appId, key));
    }

    private String withFirst(String appId, String key) {
        String array = Layout.ofDocument(text).listOf(appId, key);
        if (list.isPresent()) {
            return replaced(list.get(), array);
        }
        String before = lastValue.start() == lastValue.end() ? "" : ",";
        String member = before + Layout.ofDocument(text).member("clients", array);
        boolean isEmpty =
                before.isEmpty() && text.substring(lastValue.end(), end).isEmpty();
        return replaced(
                new Span(lastValue.end(), lastValue.end()),
                isEmpty ? member + Layout.ofDocument(text).close() : member);
    }

    /** The text without the client {@code appId}. */
    public String without(String appId) {
        int index = ids().indexOf(appId);
        if (index < 0) {
            return text;
        }
        String rest = clients.size() == 1 && list.isPresent() ? replaced(list.get(), "[]") : replaced(cut(index), "");
        return of(rest).without(appId);
    }

    private Span cut(int index) {
        Span client = clients.get(index).all();
        return index + 1 < clients.size()
                ? new Span(client.start(), clients.get(index + 1).all().start())
                : new Span(clients.get(index - 1).all().end(), client.end());
    }

    private String replaced(Span span, String by) {
        return text.substring(0, span.start()) + by + text.substring(span.end());
    }

    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
