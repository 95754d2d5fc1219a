package dev.echoserver.cli;

import dev.echoserver.config.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command was given and does not know. {@code start} goes on, as laravel-echo-server did. */
final class UnknownArguments {
    private UnknownArguments() {}

    /** What to say of them; empty if there are none. Their values, which may be secret, are left out. */
    static Optional<String> notice(CommandLine command) {
        List<String> all = command.getUnmatchedArguments();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> options = all.stream()
                .filter(argument -> argument.startsWith("-"))
                .map(UnknownArguments::nameOf)
                .toList();
        List<String> shown = options.isEmpty() ? all : options;
        List<String> near = new UnmatchedArgumentException(command, shown).getSuggestions();
        String cure = near.isEmpty()
                ? "\"" + command.getCommandSpec().qualifiedName() + " --help\" lists all options."
                : "Did you mean " + near.get(0) + "?";
        return Optional.of("Notice: " + String.join(", ", shown) + ": not known, without effect. " + cure);
    }

    /** The line for an unknown command, with the nearest one; empty if {@code word} is an option, or none is near. */
    static Optional<String> nearestCommand(CommandLine command, String word) {
        int most = Math.max(2, word.length() / 2);
        return command.getSubcommands().keySet().stream()
                .filter(name -> !word.startsWith("-"))
                .filter(name -> name.startsWith(word) || EditDistance.between(name, word) <= most)
                .min(Comparator.comparingInt(name -> name.startsWith(word) ? 0 : EditDistance.between(name, word)))
                .map(name -> "Did you mean: " + command.getCommandSpec().qualifiedName() + " " + name + "?");
    }

    private static String nameOf(String option) {
        int value = option.indexOf('=');
        return value < 0 ? option : option.substring(0, value);
    }
}
