package dev.echoserver.laravel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Credentials;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.config.AuthAnswers;
import dev.echoserver.config.ConfigReader;
import dev.echoserver.config.ConfigResult;
import dev.echoserver.fuzz.FuzzInput;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import dev.echoserver.presence.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.Buffer;

/**
 * The conversation with Laravel: nothing that a browser says changes whom or how we ask, and only a member gets into a
 * presence channel, whatever is answered.
 */
public final class AnswerFuzz {
    private static final Channel PRIVATE = Channel.of("private-a");
    private static final Channel PRESENCE = Channel.of("presence-a");
    private static final String HOST = "app.example.com";
    private static final AuthRequests REQUESTS = requests("{\"authHost\":\"https://" + HOST + "\"}");
    private static final Pattern NEGATIVE = Pattern.compile("[ \\t\\r\\n]*(?:false|null|0|\"\")[ \\t\\r\\n]*");
    private static final Pattern YES = Pattern.compile("\uFEFF?\\s*(?:true|1|\\{.*})\\s*", Pattern.DOTALL);
    private static final Set<String> ONCE = Set.of("Host", "Content-Length", "Transfer-Encoding", "Connection");

    private AnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        if (input.below(2) == 0) {
            checkAnswer(input.textRest());
        } else {
            checkQuestion(input);
        }
    }

    private static void checkAnswer(String body) {
        boolean isGranted = Answer.of(PRIVATE, body, AuthAnswers.ANY) instanceof Outcome.Granted;
        assertThat(isGranted && NEGATIVE.matcher(body).matches()).isFalse();
        assertThat(isGranted || isOddlyNegative(body)).isTrue();
        if (Answer.of(PRIVATE, body, AuthAnswers.LARAVEL) instanceof Outcome.Granted) {
            assertThat(YES.matcher(body).matches()).isTrue();
        }
        if (Answer.of(PRESENCE, body, AuthAnswers.LARAVEL) instanceof Outcome.Granted granted) {
            Json member = granted.channelData().orElseThrow();
            assertThat(JsonTree.read(member).filter(JsonNode::isObject)).isPresent();
            assertThat(Member.ofAny(member)).isPresent();
        }
    }

    /** {@code false} and the like, {@code 0.0}, {@code 1e-999}, each perhaps behind a byte order mark. */
    private static boolean isOddlyNegative(String body) {
        return body.replace("\uFEFF", "").strip().matches("(?s)(-?[0-9].*|false.*|null.*|\"\".*)");
    }

    private static void checkQuestion(FuzzInput input) {
        Map<String, String> headers = new HashMap<>();
        Optional<String> cookie = filled(input.textLine());
        Optional<String> origin = filled(input.textLine());
        Optional<String> referer = filled(input.textLine());
        String channel = input.textLine();
        while (input.hasMore()) {
            String[] header = input.textLine().split(":", 2);
            headers.put(header[0], header.length > 1 ? header[1] : "");
        }
        Credentials client = new Credentials(
                origin,
                referer,
                Optional.of("echo.example.com"),
                cookie,
                Optional.empty(),
                "192.0.2.1",
                "https",
                headers);
        if (Channel.isName(channel)) {
            check(new AuthQuestion(Channel.of(channel), new SocketId("1.2"), client));
        }
    }

    private static Optional<String> filled(String line) {
        return Optional.of(line).filter(text -> !text.isEmpty());
    }

    private static void check(AuthQuestion question) {
        HttpUrl url = REQUESTS.urlFor(question.credentials()).orElseThrow();
        boolean mayUseCookies = REQUESTS.mayUseCookiesOf(question.credentials());
        Request request = REQUESTS.of(question, url, mayUseCookies);
        assertThat(request.url().toString()).isEqualTo("https://" + HOST + "/broadcasting/auth");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().names()).doesNotContainAnyElementsOf(ONCE);
        assertThat(request.header("X-Forwarded-For")).isEqualTo("192.0.2.1");
        assertThat(request.headers().toString().lines().count())
                .isEqualTo(request.headers().size());
        assertThat(new String(formOf(request), UTF_8).split("&", -1)).hasSize(2);
    }

    private static byte[] formOf(Request request) {
        try (Buffer form = new Buffer()) {
            Optional.ofNullable(request.body()).orElseThrow().writeTo(form);
            return form.readByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuthRequests requests(String config) {
        return new AuthRequests(((ConfigResult.Valid) ConfigReader.parse(config)).config());
    }
}
