package dev.echoserver.laravel;

import dev.echoserver.config.AuthAnswers;
import dev.echoserver.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer with status 200 means that was given to nobody, for a channel that no application has: that nobody
 * looked, or that this is not the application, or that it says no in a way of its own.
 *
 * @param site who answered
 * @param contentType of the answer
 * @param granting which answers open a private channel
 */
record GrantFinding(String site, String contentType, AuthAnswers granting) {
    private static final String NOBODY_JOINS = "Nobody can join a private or presence channel.";
    private static final String ALL_JOIN = "Whoever knows the name of a private channel hears its events.";

    Finding of(String body) {
        AnswerForm form = AnswerForm.of(body.startsWith("\uFEFF") ? body.substring(1) : body);
        return switch (form) {
            case YES, SIGNED -> open();
            case NEGATIVE ->
                Finding.ok(AuthFindings.ID, site + " refuses somebody who is not logged in (200 with a false value)");
            case EMPTY -> off();
            case HTML, TEXT, PHP_MESSAGE -> fault("auth.not-json", form, whyOfNoYes());
            case ERROR_OBJECT -> refusal(form);
            case LIST, OTHER_OBJECT, OTHER_VALUE -> other(form);
        };
    }

    private Finding open() {
        return Finding.fault(
                "auth.open",
                site + " lets everybody join, even somebody who is not logged in",
                ALL_JOIN,
                "protect the route with Laravel's own: Broadcast::routes(['middleware' => ['web', 'auth']]);");
    }

    private Finding off() {
        return Finding.fault(
                "auth.broadcaster",
                site + " answers 200 and nothing else",
                "So do Laravel's broadcasters \"log\" and \"null\": they publish nothing to Redis, and refuse nobody.",
                "write into .env of Laravel, then: php artisan config:clear",
                "    BROADCAST_CONNECTION=redis     (BROADCAST_DRIVER=redis before Laravel 11)");
    }

    /** Opens all if any answer does; else it is refused as it is meant, but the page learns it with another status. */
    private Finding refusal(AnswerForm form) {
        return granting == AuthAnswers.ANY
                ? fault("auth.open", form, ALL_JOIN)
                : Finding.warning(
                        "auth.error-object",
                        site + " refuses somebody who is not logged in by status 200 with an error object",
                        "Pages get status 403 for it, whatever stands in it.",
                        "refuse with status 401 or 403, as Laravel does");
    }

    private Finding other(AnswerForm form) {
        return granting == AuthAnswers.ANY
                ? fault("auth.open", form, ALL_JOIN)
                : Finding.warning(
                        "auth.other-answer",
                        cause(form),
                        "If that is the answer to those who may join, too, they can join nothing.",
                        cure(form));
    }

    private String whyOfNoYes() {
        return granting == AuthAnswers.ANY ? ALL_JOIN : NOBODY_JOINS;
    }

    private Finding fault(String id, AnswerForm form, String why) {
        List<String> cure = new ArrayList<>(List.of(cure(form)));
        if (granting == AuthAnswers.ANY) {
            cure.add("to have it refused: \"authAnswers\": \"laravel\"");
        }
        cure.add("    \"authHost\": \"https://app.example.com\", \"authEndpoint\": \"/broadcasting/auth\"");
        return new Finding(id, Finding.Level.FAULT, cause(form), why, cure);
    }

    private String cause(AnswerForm form) {
        return trouble(form).cause() + " (status 200, " + contentType + ", " + site + ")";
    }

    private static String cure(AnswerForm form) {
        return trouble(form).cure();
    }

    private static Trouble trouble(AnswerForm form) {
        return Answer.privateTrouble(form).orElse(Trouble.OTHER_ANSWER);
    }
}
