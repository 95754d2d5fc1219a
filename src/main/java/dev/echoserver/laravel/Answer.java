package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.AuthAnswers;
import dev.echoserver.json.Json;
import java.util.Optional;

/**
 * What the body of an answer with status 200 means. Its content type means nothing: Laravel sends JSON as
 * {@code text/html}.
 *
 * <p>Unlike laravel-echo-server, a private channel is opened only by an answer that says yes in one of Laravel's own
 * {@link AnswerForm forms}; with {@link AuthAnswers#ANY} by every answer, as there, except {@code false}, {@code null},
 * {@code 0} and {@code ""}. A presence channel needs a member, whatever is set.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#serverRequest}.
 */
final class Answer {
    private static final int FORBIDDEN = 403;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Answer() {}

    static Outcome of(Channel channel, String body, AuthAnswers granting) {
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        AnswerForm form = AnswerForm.of(text);
        return channel instanceof PresenceChannel ? presence(text, form) : ofPrivate(form, granting);
    }

    private static Outcome ofPrivate(AnswerForm form, AuthAnswers granting) {
        Optional<Trouble> trouble = privateTrouble(form);
        if (trouble.isEmpty()) {
            return Outcome.Granted.PLAIN;
        }
        return granting == AuthAnswers.ANY && form != AnswerForm.NEGATIVE
                ? grantedAnyway(form, trouble.get())
                : new Outcome.Refused(trouble.get(), FORBIDDEN);
    }

    /** Whoever wants any answer to grant has his reasons; but what looks like a fault is remarked. */
    private static Outcome grantedAnyway(AnswerForm form, Trouble trouble) {
        return switch (form) {
            case LIST, OTHER_OBJECT, OTHER_VALUE -> Outcome.Granted.PLAIN;
            default -> Outcome.Granted.but(trouble, "the channel is open, because authAnswers is \"any\"");
        };
    }

    private static Outcome presence(String text, AnswerForm form) {
        Optional<Json> member = ChannelData.in(text);
        return member.isPresent()
                ? Outcome.Granted.with(member.get())
                : new Outcome.Refused(presenceTrouble(form), FORBIDDEN);
    }

    private static Trouble presenceTrouble(AnswerForm form) {
        return switch (form) {
            case YES -> Trouble.NO_MEMBER;
            case SIGNED, OTHER_OBJECT -> Trouble.OBJECT_WITHOUT_MEMBER;
            case LIST -> Trouble.LIST_FOR_MEMBER;
            default -> privateTrouble(form).orElse(Trouble.OTHER_ANSWER);
        };
    }

    /** Why an answer of this form opens no private channel; empty if it does. */
    static Optional<Trouble> privateTrouble(AnswerForm form) {
        return switch (form) {
            case YES, SIGNED -> Optional.empty();
            case NEGATIVE -> Optional.of(Trouble.NEGATIVE);
            case EMPTY -> Optional.of(Trouble.EMPTY);
            case HTML -> Optional.of(Trouble.HTML);
            case PHP_MESSAGE -> Optional.of(Trouble.PHP_MESSAGE);
            case TEXT -> Optional.of(Trouble.NOT_JSON);
            case ERROR_OBJECT -> Optional.of(Trouble.ERROR_OBJECT);
            case LIST, OTHER_OBJECT, OTHER_VALUE -> Optional.of(Trouble.OTHER_ANSWER);
        };
    }
}
