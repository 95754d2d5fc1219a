package dev.echoserver.laravel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.json.JsonTree;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of the forms an answer with status 200 has.
 *
 * <p>Laravel's own ways to say yes are the JSON {@code true} (its redis broadcaster, for a private channel), an object with
 * {@code channel_data} (the same, for a presence channel or a callback that returns more than {@code true}) and one with
 * {@code auth} (its Pusher broadcasters); {@code 1} is what PHP prints for {@code true}. {@code auth} counts only if there
 * is something in it: not {@code null}, {@code false}, {@code 0}, {@code ""}, {@code []} or {@code {}}; {@code channel_data}
 * only as a filled object, or a text that holds an object. Space around the
 * answer and a byte order mark before it change nothing. All else is no yes: {@code "true"} and {@code "1"} as JSON strings,
 * other numbers, lists, objects of other fields, what is before or behind a message of PHP.
 *
 * <p>Source: Laravel 5.3 to 13, {@code RedisBroadcaster#validAuthenticationResponse}, {@code PusherBroadcaster}, {@code
 * LogBroadcaster} and {@code NullBroadcaster}, which answer with nothing.
 */
enum AnswerForm {
    /** {@code true} or {@code 1}. */
    YES,
    /** An object with {@code auth} or {@code channel_data}. */
    SIGNED,
    /** {@code false}, {@code null}, {@code 0} or {@code ""}, whatever follows. */
    NEGATIVE,
    EMPTY,
    HTML,
    PHP_MESSAGE,
    TEXT,
    LIST,
    ERROR_OBJECT,
    OTHER_OBJECT,
    /** A string or another number. */
    OTHER_VALUE;

    private static final JsonElements JSON = new JsonElements(64);
    private static final Pattern FAILURE =
            Pattern.compile("error|fail(ed|ure)?|forbidden|unauthori[sz]ed|unauthenticated", Pattern.CASE_INSENSITIVE);
    private static final String PHP_MESSAGE_BEGIN =
            "(?:(?:<br\\s*/?>\\s*)?(?:<b>)?(?:PHP )?(?:Warning|Notice|Deprecated"
                    + "|Fatal error|Parse error|Recoverable fatal error|Catchable fatal error|Strict Standards)(?:</b>)?:"
                    + "|<br\\s*/?>\\s*<font size='1'><table class='xdebug-)";
    private static final Pattern PHP_MESSAGE_START = Pattern.compile(PHP_MESSAGE_BEGIN);
    private static final Pattern PHP_MESSAGE_BEHIND = Pattern.compile("\\n" + PHP_MESSAGE_BEGIN);

    /** The form of {@code text}, which has no byte order mark. */
    static AnswerForm of(String text) {
        if (text.isBlank()) {
            return EMPTY;
        }
        if (JsonTree.read(Json.of(text)).filter(AnswerForm::isNegative).isPresent()) {
            return NEGATIVE;
        }
        return JSON.value(text).flatMap(JsonTree::read).map(AnswerForm::ofJson).orElseGet(() -> ofText(text.strip()));
    }

    private static boolean isNegative(JsonNode json) {
        return json.isNull()
                || (json.isBoolean() && !json.booleanValue())
                || (json.isNumber() && json.doubleValue() == 0)
                || (json.isTextual() && json.textValue().isEmpty());
    }

    private static AnswerForm ofJson(JsonNode json) {
        if (json.isObject()) {
            return ofObject(json);
        }
        boolean isYes = json.isBoolean() || (json.isInt() && json.intValue() == 1);
        return isYes ? YES : json.isArray() ? LIST : OTHER_VALUE;
    }

    private static AnswerForm ofObject(JsonNode object) {
        if (isFilled(object.path("auth")) || isMember(object.path("channel_data"))) {
            return SIGNED;
        }
        boolean isError = Stream.of("error", "errors", "exception", "message").anyMatch(object::has)
                || Stream.of("code", "status", "statusCode", "status_code")
                        .anyMatch(name -> isFailure(object.path(name)))
                || Stream.of("success", "ok").anyMatch(name -> object.has(name) && isNegative(object.path(name)));
        return isError ? ERROR_OBJECT : OTHER_OBJECT;
    }

    private static boolean isFilled(JsonNode field) {
        return field.isContainerNode() ? !field.isEmpty() : !field.isMissingNode() && !isNegative(field);
    }

    /** A text must hold an object, as that of Laravel's Pusher broadcasters does. */
    private static boolean isMember(JsonNode data) {
        return data.isTextual()
                ? JSON.fields(data.textValue().strip()).isPresent()
                : data.isObject() && !data.isEmpty();
    }

    /** A status of HTTP that means failure, as a number or a text, or a word for it. */
    private static boolean isFailure(JsonNode status) {
        return status.asInt() >= 400 || FAILURE.matcher(status.asText()).matches();
    }

    private static AnswerForm ofText(String text) {
        if (PHP_MESSAGE_START.matcher(text).lookingAt()) {
            return PHP_MESSAGE;
        }
        if (text.startsWith("<")) {
            return HTML;
        }
        return PHP_MESSAGE_BEHIND.matcher(text).find() ? PHP_MESSAGE : TEXT;
    }
}
