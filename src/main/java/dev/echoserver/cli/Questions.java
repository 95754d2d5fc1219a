package dev.echoserver.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks one question per line. An empty line takes the proposal, and so does the end of the input, so that answers can be
 * piped in. A question whose answer was given as an option is not asked.
 */
final class Questions {
    private final Shell shell;
    private final boolean areSilent;

    /**
     * Questions asked in {@code shell}.
     *
     * @param areSilent whether every proposal is taken without asking
     */
    Questions(Shell shell, boolean areSilent) {
        this.shell = shell;
        this.areSilent = areSilent;
    }

    String text(String question, Optional<String> given, String proposal) {
        return given.orElseGet(() -> ask(question, proposal, "(" + proposal + ")", "", answer -> true));
    }

    /** Like {@link #text}, but the proposal is not shown. */
    String secret(String question, Optional<String> given, String proposal) {
        String shown = proposal.isEmpty() ? "(none)" : "(the one in .env, hidden)";
        return given.orElseGet(() -> ask(question, proposal, shown, "", answer -> true));
    }

    String matching(String question, String proposal, Predicate<String> rule, String cure) {
        return ask(question, proposal, "(" + proposal + ")", cure, rule);
    }

    boolean confirm(String question, boolean given) {
        String cure = "Answer y or n.";
        Predicate<String> rule = answer -> List.of("y", "yes", "n", "no").contains(answer.toLowerCase(Locale.ROOT));
        return given
                || ask(question, "n", "(y/N)", cure, rule)
                        .toLowerCase(Locale.ROOT)
                        .startsWith("y");
    }

    /** The first option is the proposal. */
    String choose(String question, Optional<String> given, List<String> options) {
        String names = String.join(", ", options);
        String cure = "Answer one of: " + names;
        if (given.isPresent() && !options.contains(given.get())) {
            throw new CommandFailure(CommandFailure.FAILED, "\"" + given.get() + "\" is not possible. " + cure);
        }
        String shown = "[" + names + "] (" + options.get(0) + ")";
        return given.orElseGet(() -> ask(question, options.get(0), shown, cure, options::contains));
    }

    private String ask(String question, String proposal, String shown, String cure, Predicate<String> rule) {
        if (areSilent) {
            return proposal;
        }
        while (true) {
            shell.out().print("? " + question + " " + shown + " ");
            shell.out().flush();
            Optional<String> line = line();
            String answer = line.orElse("").strip();
            if (line.isEmpty()) {
                shell.say("");
            }
            if (answer.isEmpty()) {
                return proposal;
            }
            if (rule.test(answer)) {
                return answer;
            }
            shell.warn("  " + cure);
        }
    }

    private Optional<String> line() {
        try {
            return Optional.ofNullable(shell.in().readLine());
        } catch (IOException e) {
            throw new CommandFailure("The answers cannot be read: " + e, e);
        }
    }
}
